import { describe, expect, it } from 'vitest';
import { findMutants, mutated } from '../../../../scripts/mutate/find-mutants.ts';

/** What each mutant makes of a source, by operator. */
const changesOf = (source: string) =>
  findMutants('a.ts', source).map((mutant) => `${mutant.operator}: ${mutated(source, mutant)}`);

describe('a source', () => {
  it.each([
    ['a < b;', ['comparison: a >= b;', 'boundary: a <= b;']],
    [
      '(a + b) * (c - d);',
      ['arithmetic: (a + b) / (c - d);', 'arithmetic: (a - b) * (c - d);', 'arithmetic: (a + b) * (c + d);'],
    ],
    ['a as T === b;', ['comparison: a as T !== b;']],
    ['n + 3;', ['arithmetic: n - 3;', 'constant: n + 4;', 'constant: n + 2;']],
    [
      'n >= 90_000;',
      ['comparison: n < 90_000;', 'boundary: n > 90_000;', 'constant: n >= 180000;', 'constant: n >= 45000;'],
    ],
    ['!(a || b);', ['negation: (a || b);', 'logic: !(a && b);']],
    ['(a ?? b).c;', ['logic: ((a)).c;']],
    ['if (a) b();', ['condition: if (true) b();', 'condition: if (false) b();', 'statement: if (a) {}']],
    ['await a();', ['statement: {}']],
    ['n += 1;', ['statement: {}', 'assignment: n -= 1;', 'constant: n += 2;', 'constant: n += 0;']],
    ['n++;', ['statement: {}', 'assignment: n--;']],
    ['while (true) { if (a) break; }', ['condition: while (false) { if (a) break; }']],
    ['const a = b.filter(c);', ['call: const a = b;']],
    ['const a = b.c.some(d);', ['call: const a = b.c.every(d);']],
    ['const a = Math.min(b, c);', ['call: const a = Math.max(b, c);']],
    [
      'const a = [b, c, d];',
      ['element: const a = [c, d];', 'element: const a = [b, d];', 'element: const a = [b, c];'],
    ],
    ['const a = [b];', ['element: const a = [];']],
    ['const a = { b: c, ...d };', ['member: const a = { ...d };', 'member: const a = { b: c };']],
    ["const a = 'one two three';", ['constant: const a = "one three";']],
    ['const a = `${b}/c`;', ['constant: const a = `${b}`;']],
    ['const a = /^b$/i;', ['constant: const a = /b$/i;', 'constant: const a = /^b/i;', 'constant: const a = /^b$/;']],
    ['const a: 3 | "b" = c as 4;', []],
  ])('%s', (source, expected) => {
    const changes = changesOf(source);
    expect(changes).toEqual(expect.arrayContaining(expected));
    if (!source.startsWith('while')) expect(changes.toSorted()).toEqual(expected.toSorted());
  });

  it('of a long list loses the first, the middle and the last', () => {
    const source = 'const a = [b, c, d, e, f, g, h];';
    expect(changesOf(source)).toEqual([
      'element: const a = [c, d, e, f, g, h];',
      'element: const a = [b, c, d, f, g, h];',
      'element: const a = [b, c, d, e, f, g];',
    ]);
  });

  it.each([
    ["import { a } from 'b';"],
    ["export { a } from 'b';"],
    ["logger.info('Batch stored', { a: 1 });"],
    ["this.logger.warn('Batch stored');"],
    ['console.log(1);'],
    ['throw new PipelineError(code, `no ${a} with that`);'],
    ["const error = inputError('no such file');"],
    ["const schema = z.describe('how many of them');"],
    ["const alarm = text('The backlog is not empty');"],
    ["const a = { [b]: c, description: 'words', message: `more ${d}` };"],
  ])('says nothing that a test must hold in %s', (source) => {
    const kinds = changesOf(source).filter((change) => !/^(?:statement|member): (?:\{\}|const a)/.test(change));
    expect(kinds).toEqual([]);
  });

  it('keeps the code of an error apart from its wording', () => {
    expect(changesOf("const a = new PipelineError('VendorRejected', 'no job of that id', { status: 404 });")).toEqual([
      'constant: const a = new PipelineError("", \'no job of that id\', { status: 404 });',
      "member: const a = new PipelineError('VendorRejected', 'no job of that id', {  });",
      "constant: const a = new PipelineError('VendorRejected', 'no job of that id', { status: 808 });",
      "constant: const a = new PipelineError('VendorRejected', 'no job of that id', { status: 202 });",
    ]);
  });

  it('is shown by its line, before and after', () => {
    const [mutant] = findMutants('lib/a.ts', 'const a = 1;\n\n  while (b) c;\n');
    expect(mutant).toMatchObject({ file: 'lib/a.ts', line: 1, before: 'const a = 1;', after: 'const a = 2;' });
    expect(findMutants('lib/a.ts', '\n\n  if (b) c;\n')[0]).toMatchObject({
      line: 3,
      before: 'if (b) c;',
      after: 'if (true) c;',
    });
  });
});
