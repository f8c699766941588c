import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { integerVariable, jsonVariable } from '../../../../../lambdas/shared/lib/variables.ts';

describe('integerVariable', () => {
  const variable = integerVariable(0, 100);
  it.each([
    ['0', 0],
    ['25', 25],
    ['100', 100],
  ])('reads %s', (text, value) => expect(variable.parse(text)).toBe(value));
  it.each([undefined, '', ' ', '101', '-1', '1.5', '1e1', 'ten'])('refuses %j', (text) =>
    expect(variable.safeParse(text).success).toBe(false),
  );
});

describe('jsonVariable', () => {
  const variable = jsonVariable(z.array(z.string()));
  it('reads what the schema takes', () => expect(variable.parse('["a"]')).toEqual(['a']));
  it.each([undefined, '', '{', '[1]', '{}'])('refuses %j', (text) =>
    expect(variable.safeParse(text).success).toBe(false),
  );
});
