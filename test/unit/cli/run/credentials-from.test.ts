import { describe, expect, it } from 'vitest';
import { credentialsFrom } from '../../../../cli/run/credentials-from.ts';

const KEY = { CXONE_ACCESS_KEY_ID: 'k', CXONE_ACCESS_KEY_SECRET: 's' };
const CLIENT = { CXONE_CLIENT_ID: 'c', CXONE_CLIENT_SECRET: 't' };

describe('credentialsFrom', () => {
  it.each([
    [KEY, { accessKeyId: 'k', accessKeySecret: 's' }],
    [CLIENT, { clientId: 'c', clientSecret: 't' }],
    [
      { ...KEY, ...CLIENT },
      { accessKeyId: 'k', accessKeySecret: 's', clientId: 'c', clientSecret: 't' },
    ],
    [
      { ...KEY, ...CLIENT, CXONE_CLIENT_AUTH: 'body' },
      { accessKeyId: 'k', accessKeySecret: 's', clientId: 'c', clientSecret: 't', clientAuth: 'body' },
    ],
    [
      { ...KEY, CXONE_CLIENT_ID: '', CXONE_CLIENT_AUTH: '' },
      { accessKeyId: 'k', accessKeySecret: 's' },
    ],
  ])('%j', (environment, expected) => {
    expect(credentialsFrom({ PATH: '/bin', ...environment }, 'bulk-job')).toEqual(expected);
  });

  it.each([
    [{}, 'set CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET'],
    [{ CXONE_CLIENT_ID: 'c' }, 'set CXONE_CLIENT_SECRET in'],
    [{ CXONE_ACCESS_KEY_SECRET: 's' }, 'set CXONE_ACCESS_KEY_ID in'],
    [{ ...KEY, CXONE_CLIENT_ID: 'c' }, 'set CXONE_CLIENT_SECRET in'],
    [{ ...CLIENT, CXONE_ACCESS_KEY_ID: 'k' }, 'set CXONE_ACCESS_KEY_SECRET in'],
    [{ ...CLIENT, CXONE_CLIENT_AUTH: 'body' }, 'set CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET in'],
    [{ ...KEY, CXONE_CLIENT_AUTH: 'body' }, 'set CXONE_CLIENT_ID and CXONE_CLIENT_SECRET in'],
    [{ ...KEY, ...CLIENT, CXONE_CLIENT_AUTH: 'Body' }, 'CXONE_CLIENT_AUTH must be basic or body'],
  ])('says what is missing in %j', (environment, words) => {
    expect(() => credentialsFrom(environment, 'bulk-job')).toThrow(words);
  });

  it.each(['interaction-analytics', 'digital-engagement'] as const)(
    '%s takes an access key, no client alone',
    (source) => {
      expect(credentialsFrom({ ...KEY, ...CLIENT }, source)).toMatchObject({ accessKeyId: 'k', clientId: 'c' });
      expect(credentialsFrom(KEY, source)).toEqual({ accessKeyId: 'k', accessKeySecret: 's' });
      expect(() => credentialsFrom(CLIENT, source)).toThrow(
        `${source} takes an access key: set CXONE_ACCESS_KEY_ID and`,
      );
      expect(() => credentialsFrom({}, source)).toThrow(/^(?!.*bulk).*set CXONE_ACCESS_KEY_ID/);
    },
  );
});
