/**
 * The part of the corpus that comes from templates: about a quarter of it. A seed draws frames and values; `test/quality/templates`
 * holds the frames, written in the form of the corpus with `{kind}` for a value.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type Random } from '../../emulator/stand-ins/cxone/generator/random.ts';
import { drawValue } from './drawn-values.ts';
import type { Half } from './halves.ts';
import { sortItems } from './sort-into-halves.ts';

const TEMPLATES = join(import.meta.dirname, '../../test/quality/templates');

/** How many items each file of templates gives. */
export const DRAWN: Readonly<Record<string, number>> = {
  'drawn-voice': 18,
  'drawn-chat': 17,
  'drawn-u-voice': 90,
  'drawn-u-chat': 90,
};

/**
 * Both halves of what is drawn from a file of templates, the same each time.
 *
 * @throws Error for a template with a value of an unknown kind
 * @example drawFile('drawn-voice').open // 'medium: voice\n…'
 */
export function drawFile(stem: string): Record<Half, string> {
  const source = readFileSync(join(TEMPLATES, `${stem}.txt`), 'utf8');
  const random = createRandom(stem);
  const blank = source.indexOf('\n\n') + 2;
  const header = source.slice(0, blank);
  const isTalk = header.includes('kind: conversations');
  const isSpoken = header.includes('style: recogniser');
  const frames = source
    .slice(blank)
    .split(isTalk ? /^=== /m : /^- /m)
    .filter((frame) => frame.trim() !== '')
    .map((frame) => `${isTalk ? '=== ' : '- '}${frame.trim()}\n`);
  const items = Array.from({ length: DRAWN[stem] ?? 0 }, (_, n) =>
    fill(frames[n % frames.length] ?? '', random, isSpoken),
  );
  return sortItems(`${header}${items.join('')}`, stem, 1);
}

/** A frame with values in it: `{a|b}` is one of these, `{kind}` a value, and `{=kind}` the one that was drawn last. */
function fill(frame: string, random: Random, isSpoken: boolean): string {
  const last = new Map<string, string>();
  return frame.replace(/\{(=?)([^{}]+)\}/g, (_, again: string, what: string) => {
    if (what.includes('|')) return random.pick(what.split('|') as [string, ...string[]]);
    const value = (again !== '' && last.get(what)) || drawValue(what, random, isSpoken);
    last.set(what, value);
    return value;
  });
}
