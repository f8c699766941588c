import { stripVTControlCharacters } from 'node:util';
import { OWN_ESCAPE } from '../cli/terminal/printable.ts';

/** What a reader sees of a text for the terminal, without its colours: the same with and without a terminal. */
export const plain = (text: string): string => stripVTControlCharacters(text.replaceAll(OWN_ESCAPE, '\u001b'));
