/** The one way in which a command asks before it deletes. */
import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage-error.ts';

const MAX_SHOWN = 50;

export interface Deletion {
  /** What would be deleted, one line each. */
  items: readonly string[];
  /** Ends in a question mark. */
  question: string;
  /** The user has said so beforehand. */
  yes: boolean | undefined;
}

/** Where to ask; stdout is the command's own. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
}

/**
 * Whether to delete, which is asked after what would be deleted is shown; nothing is asked after `--yes`.
 *
 * @returns whether to delete
 * @throws UsageError where there is no terminal to ask at, and no `--yes`
 * @example
 * if (await confirmDeletion({ items: keys, question: 'Delete these 3 parts?', yes: flags.yes })) …
 */
export async function confirmDeletion(
  { items, question, yes = false }: Deletion,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  output.write(renderItems(items));
  if (yes) return true;
  if (input.isTTY !== true || output.isTTY !== true) {
    throw new UsageError('Nothing was deleted: it takes --yes where nobody can be asked');
  }
  const asking = createInterface({ input, output });
  // Ctrl-D and Ctrl-C are no.
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([asking.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}

/** Pure. */
function renderItems(items: readonly string[]): string {
  const more = items.length > MAX_SHOWN ? [`and ${items.length - MAX_SHOWN} more`] : [];
  return [...items.slice(0, MAX_SHOWN), ...more].map((item) => `  ${item}\n`).join('');
}
