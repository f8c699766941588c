import { begin, look, lookEnd, lookFlags, shift } from './look';
import { TEXT } from './memory';
import { widen } from './utf8';

export { awkwardStart, fill, literalIs, nameIs, open, position, scan, stringIs } from './json';
export { forget, learn, roomForName } from './names';
export { taken, waitingContainers, waitingLeaves, waitingSuspects } from './rows';
export { addAll, addBits, hashWord, pairHash } from './words';

/** The prefilter's flags of a text of which that many bytes lie at UTF8. */
export function lookAtText(bytes: i32): u32 {
  begin(TEXT);
  look(TEXT, widen(bytes), false, true);
  return lookFlags;
}

/** Starts on a text that is longer than there is room for. */
export function beginText(): void {
  begin(TEXT);
}

/**
 * Units that have been read, after reading on in a text of which `units` lie at TEXT, `moved` further than those before.
 *
 * @param ahead units that have been read before
 * @param isWhole the text ends with them
 */
export function readText(units: i32, ahead: i32, moved: i32, isWhole: bool): i32 {
  shift((<usize>moved) << 1);
  look(TEXT + ((<usize>ahead) << 1), TEXT + ((<usize>units) << 1), false, isWhole);
  return <i32>((lookEnd - TEXT) >> 1);
}

/** The prefilter's flags of the text, when all of it is read. */
export function seen(): u32 {
  return lookFlags;
}
