import { describe, expect, it } from 'vitest';
import { isNetwork } from '../../../../../lambdas/shared/lib/network.ts';

describe('isNetwork', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', 'fd00::/8', '192.168.1.7/32', '::1/128'])('%s is one', (text) =>
    expect(isNetwork(text)).toBe(true),
  );
  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'x/8', '10.0.0.0/8/8', '10.0.0.0/-1', ''])(
    '%s is none',
    (text) => expect(isNetwork(text)).toBe(false),
  );
});
