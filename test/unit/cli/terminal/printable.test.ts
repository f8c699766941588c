import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLEAR_LINE } from '../../../../cli/terminal/colours.ts';
import { OWN_ESCAPE, printable } from '../../../../cli/terminal/printable.ts';

const CLI = fileURLToPath(new URL('../../../../cli', import.meta.url));

const HOSTILE: [what: string, text: string, shown: string][] = [
  ['a colour', '\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['a title of the window', '\u001b]0;gone\u0007', '\\u001b]0;gone\\u0007'],
  ['a sequence of one byte', '\u009b2J', '\\u009b2J'],
  ['a line drawn over', 'failed\rfine', 'failed\\u000dfine'],
  ['letters taken back', 'no\b\byes', 'no\\u0008\\u0008yes'],
  ['text turned around', 'a\u202egnp.exe\u202c', 'a\\u202egnp.exe\\u202c'],
  ['isolated text turned around', '\u2066\u2067x\u2069', '\\u2066\\u2067x\\u2069'],
  ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
  ['lines that only some see', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
  ['nothing and deleted', '\u0000\u007f', '\\u0000\\u007f'],
];

describe('printable', () => {
  it.each(HOSTILE)('shows %s instead of doing it', (_what, text, shown) => expect(printable(text)).toBe(shown));

  it.each(['plain', 'tab\tand\nline', '— ✓ 日本語 Ärger 🙂', 'שלום', ''])('leaves %j as it is', (text) =>
    expect(printable(text)).toBe(text),
  );

  it('shows every control character but tab and line feed', () => {
    const codes = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i)];
    for (const code of codes) {
      const isKept = code === 0x09 || code === 0x0a;
      expect(printable(String.fromCharCode(code)) === String.fromCharCode(code), `U+${code.toString(16)}`).toBe(isKept);
    }
  });

  it('keeps a line of JSON the same JSON', () => {
    for (const [, text] of HOSTILE) {
      const line = JSON.stringify({ [text]: [text, '\\', `\\${text}`] });
      expect(JSON.parse(printable(line))).toEqual(JSON.parse(line));
    }
  });

  it('lets the sequences of the program itself pass, and no others', () => {
    expect(printable(`${OWN_ESCAPE}[32mfine${OWN_ESCAPE}[39m \u001b[8mhidden`)).toBe(
      '\u001b[32mfine\u001b[39m \\u001b[8mhidden',
    );
    expect(printable(CLEAR_LINE)).toBe('\u001b[2K\u001b[G');
  });
});

describe('output', () => {
  /** What a process prints that does this after it has guarded its output. */
  const printedBy = (statement: string) => {
    const module = JSON.stringify(join(CLI, 'terminal', 'printable.ts'));
    const script = `const { guardOutput } = await import(${module}); guardOutput(); ${statement}`;
    const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    const { stdout, stderr, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    return { text: stdout + stderr, status };
  };
  const evil = 'String.fromCharCode(27) + "[31m"';

  it.each([
    ['stdout', `process.stdout.write(${evil})`, 0],
    ['stderr', `process.stderr.write(${evil})`, 0],
    ['the console', `console.log(${evil}); console.error(${evil})`, 0],
    ['an error that nobody expected', `throw new Error(${evil})`, 1],
    ['a rejection that nobody expected', `Promise.reject(new Error(${evil})); await new Promise(() => {})`, 1],
  ])('by way of %s is printable', (_way, statement, status) => {
    const printed = printedBy(statement);
    expect(printed.text).toContain('\\u001b[31m');
    expect(printed.text).not.toContain('\u001b');
    expect(printed.status).toBe(status);
  });

  it('has its colours from one place', () => {
    const sources = readdirSync(CLI, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const own = new Set([join('terminal', 'colours.ts'), join('terminal', 'printable.ts')]);
    const others = sources.filter((path) => !own.has(path));
    const raw = others.filter((path) =>
      /picocolors|\\x1b|\\u001b|styleText/i.test(readFileSync(join(CLI, path), 'utf8')),
    );
    expect(raw).toEqual([]);
  });
});
