import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellQuote } from '../../../../cli/terminal/shell-quote.ts';

describe('shellQuote', () => {
  it.each(['out', '/tmp/a-b_c.d', 'my lake', "it's", '$(id)', 'a;b', '*', '"', ''])(
    'a shell takes %j as one word',
    (word) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' })).toBe(word);
    },
  );

  it('leaves plain words as they are', () => {
    expect(shellQuote('out/data-lake')).toBe('out/data-lake');
  });
});
