import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Fault, parseFaults } from '../../../emulator/stand-ins/cxone/faults.ts';

const documentation = await readFile(new URL('../../../docs/simulator.md', import.meta.url), 'utf8');

it('the example of the documentation is a list of faults', () => {
  const example = /```json\n([\s\S]*?)```/.exec(documentation)?.[1] ?? '';
  expect(parseFaults(JSON.parse(example))).toHaveLength(11);
});

it('the documentation names everything that a fault can do', () => {
  const effects = Fault.options.flatMap((option) => Object.keys(option.shape.do.shape));
  for (const effect of effects) expect(documentation).toContain(`\`${effect}\``);
});
