/** New items get ids and go to their halves. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpusFile } from './corpus-file.ts';
import { folderOf, HALVES, type Half, halfOf } from './halves.ts';

/**
 * The two files made of one whose items have no ids yet: `- text` for an utterance, `=== what it is about` for a conversation.
 *
 * @param stem what the ids begin with
 * @param first the number of the first id
 * @throws Error for a file without a header
 * @example sortItems('medium: voice\n\n- hello', 'u', 1).open // 'medium: voice\n\nu-001 | hello\n', or in `held`
 */
export function sortItems(source: string, stem: string, first: number): Record<Half, string> {
  const blank = source.indexOf('\n\n');
  if (blank < 0) throw new Error('no blank line ends the header');
  const header = source.slice(0, blank + 2);
  const files = { open: header, held: header };
  const isTalk = header.includes('\nkind: conversations');
  source
    .slice(blank + 2)
    .split(isTalk ? /^=== /m : /^- /m)
    .filter((item) => item.trim() !== '')
    .forEach((item, n) => {
      const id = `${stem}-${String(first + n).padStart(3, '0')}`;
      files[halfOf(id)] += `${isTalk ? '=== ' : ''}${id} | ${item.trim()}\n${isTalk ? '\n' : ''}`;
    });
  return files;
}

/**
 * Adds the items of a file to both halves, after those that stand there under its name.
 *
 * @throws Error for a file that cannot be read; then nothing is written
 */
export function addToHalves(source: string, stem: string): void {
  const sorted = sortItems(source, stem, nextNumber(stem));
  for (const half of HALVES) readCorpusFile(sorted[half]);
  for (const half of HALVES) {
    const file = join(folderOf(half), `${stem}.txt`);
    const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const items = sorted[half].slice(sorted[half].indexOf('\n\n') + 2);
    writeFileSync(file, old === undefined ? sorted[half] : `${old}${items}`);
  }
}

function nextNumber(stem: string): number {
  const numbers = HALVES.flatMap((half) => {
    const file = join(folderOf(half), `${stem}.txt`);
    return existsSync(file) ? readCorpusFile(readFileSync(file, 'utf8')) : [];
  }).map(({ id }) => Number(id.slice(stem.length + 1)));
  return Math.max(0, ...numbers) + 1;
}
