import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of the project to change files in; the packages are those of the project. */
export interface TreeCopy {
  dir: string;
  /** For what tests write: it goes with the copy. */
  temp: string;
  write(file: string, text: string): void;
  dispose(): void;
}

/**
 * A copy of what git knows or would add: the work as it is, without what it has built.
 *
 * @example const tree = copyTree('.'); // tree.dir is the copy; tree.dispose() deletes it
 */
export function copyTree(project: string): TreeCopy {
  const root = mkdtempSync(join(tmpdir(), 'mutate-'));
  const [dir, temp] = [join(root, 'tree'), join(root, 'tmp')];
  mkdirSync(temp, { recursive: true });
  for (const file of filesOf(project)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    cpSync(join(project, file), join(dir, file));
  }
  symlinkSync(join(project, 'node_modules'), join(dir, 'node_modules'));
  return {
    dir,
    temp,
    write: (file, text) => writeFileSync(join(dir, file), text),
    dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * What git knows or would add, as paths from the project's folder, sorted.
 *
 * @example filesOf('.').includes('package.json') // true
 */
export function filesOf(project: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\0');
  return [...new Set(listed)].filter((file) => file !== '' && isFile(join(project, file))).sort();
}

/** False for what is deleted and not yet committed. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
