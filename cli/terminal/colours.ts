/** Colours for the terminal, where it has them; by escape sequences that `printable.ts` lets pass. */
import pc from 'picocolors';
import { OWN_ESCAPE } from './printable.ts';

type Paint = (text: string) => string;

/** @param open, close codes of "Select Graphic Rendition" (ECMA-48) */
const style =
  (open: number, close: number): Paint =>
  (text) =>
    pc.isColorSupported ? `${OWN_ESCAPE}[${open}m${text}${OWN_ESCAPE}[${close}m` : text;

export default {
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
  yellow: style(33, 39),
  cyan: style(36, 39),
};

/** Empties the line that the cursor is in, and goes to its beginning. */
export const CLEAR_LINE = `${OWN_ESCAPE}[2K${OWN_ESCAPE}[G`;
