import { describe, expect, it } from 'vitest';
import { tenantIdOf } from '../../../../../../lambdas/shared/vendor/sign-in/tenant-id.ts';
import { jwtOf } from '../../../../../stand-ins/token-server.ts';

const good = jwtOf({ tenantId: 'tenant-1' });

describe('tenantIdOf', () => {
  it.each<[string, (string | undefined)[], string | undefined]>([
    ['the first that names one', [good, jwtOf({ tenantId: 'other' })], 'tenant-1'],
    ['the second where the first is missing', [undefined, good], 'tenant-1'],
    ['the second where the first is opaque', ['opaque', good], 'tenant-1'],
    ['characters that only base64url has', [jwtOf({ a: '>>>???~~~', tenantId: 'tenant-1' })], 'tenant-1'],
    ['base64 with padding', [`h.${Buffer.from('{"tenantId":"t"}').toString('base64')}.s`], 't'],
    ['no signature', [good.slice(0, good.lastIndexOf('.'))], 'tenant-1'],
    ['none', [undefined, undefined], undefined],
    ['text', ['', 'a.b.c', '..'], undefined],
    ['claims that are no object', [jwtOf(null), jwtOf('x'), jwtOf([])], undefined],
    ['an id that is no text', [jwtOf({ tenantId: 7 }), jwtOf({ tenantId: '' })], undefined],
    [
      'an id that could lead elsewhere',
      [jwtOf({ tenantId: 'a/../b' }), jwtOf({ tenantId: 'x'.repeat(129) })],
      undefined,
    ],
  ])('%s', (_name, tokens, expected) => {
    expect(tenantIdOf(tokens)).toBe(expected);
  });
});
