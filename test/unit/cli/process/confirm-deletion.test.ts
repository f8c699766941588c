import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirmDeletion } from '../../../../cli/process/confirm-deletion.ts';

function terminal(answer: string | undefined, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk;
  });
  if (answer === undefined) input.end();
  else input.write(answer);
  return { input, output, shown: () => shown };
}
const deletion = (yes?: boolean) => ({ items: ['a/1', 'a/2'], question: 'Delete these 2?', yes });

describe('before something is deleted', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['maybe\n', false],
    [undefined, false],
  ])('an answer of %j means %s', async (answer, expected) => {
    const asked = terminal(answer);
    expect(await confirmDeletion(deletion(), asked)).toBe(expected);
    expect(asked.shown()).toContain('  a/1\n  a/2\n');
    expect(asked.shown()).toContain('Delete these 2? [y/N]');
  });

  it('nobody is asked after --yes, and what goes is shown all the same', async () => {
    const asked = terminal(undefined, false);
    expect(await confirmDeletion(deletion(true), asked)).toBe(true);
    expect(asked.shown()).toBe('  a/1\n  a/2\n');
  });

  it('it is refused where nobody can be asked', async () => {
    await expect(confirmDeletion(deletion(), terminal('y\n', false))).rejects.toThrow('--yes');
  });
});
