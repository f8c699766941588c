import { describe, expect, it } from 'vitest';
import { CxoneCredentials } from '../../../../../lambdas/shared/contracts/cxone-credentials.ts';

const KEY = { accessKeyId: 'k', accessKeySecret: 's/+=%' };
const CLIENT = { clientId: 'c', clientSecret: 't' };

describe('CxoneCredentials', () => {
  it.each([
    [CLIENT, { form: 'client-credentials', ...CLIENT }],
    [KEY, { form: 'access-key', ...KEY }],
    [
      { ...KEY, ...CLIENT },
      { form: 'registered-application', ...KEY, ...CLIENT, clientAuth: 'basic' },
    ],
    [
      { ...KEY, ...CLIENT, clientAuth: 'body' },
      { form: 'registered-application', ...KEY, ...CLIENT, clientAuth: 'body' },
    ],
    [
      { ...KEY, form: 'client-credentials', note: 'of Ann' },
      { form: 'access-key', ...KEY },
    ],
  ])('%j', (secret, expected) => {
    expect(CxoneCredentials.parse(secret)).toEqual(expected);
  });

  it.each([
    [{}, ['clientId', 'clientSecret']],
    [{ clientId: 'c' }, ['clientSecret']],
    [{ accessKeyId: 'k' }, ['accessKeySecret']],
    [{ ...KEY, clientId: 'c' }, ['clientSecret']],
    [{ ...CLIENT, accessKeyId: 'k' }, ['accessKeySecret']],
    [{ ...CLIENT, clientAuth: 'body' }, ['accessKeyId', 'accessKeySecret']],
    [{ ...KEY, ...CLIENT, clientAuth: 'post' }, ['clientAuth']],
    [{ ...KEY, accessKeySecret: '' }, ['accessKeySecret']],
    [{ ...KEY, accessKeySecret: 'half\ud800' }, ['accessKeySecret']],
    [{ ...KEY, accessKeySecret: 'x'.repeat(4097) }, ['accessKeySecret']],
    [null, ['']],
    ['text', ['']],
    [[], ['clientId', 'clientSecret']],
  ])('names what is wrong in %j', (secret, paths) => {
    const { error } = CxoneCredentials.safeParse(secret);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});
