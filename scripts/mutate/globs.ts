import { matchesGlob } from 'node:path';

/**
 * True if a path matches one of the globs and none of those that begin with `!`.
 *
 * @example isAmong('infra/app.ts', ['infra/**', '!infra/app.ts']) // false
 */
export const isAmong = (path: string, globs: readonly string[]): boolean =>
  globs.some((glob) => !glob.startsWith('!') && matchesGlob(path, glob)) &&
  !globs.some((glob) => glob.startsWith('!') && matchesGlob(path, glob.slice(1)));

/**
 * The paths that match, in the order of the globs; braces count as several globs.
 *
 * @example inOrder(['b/x.ts', 'a/x.ts'], ['{a,b}/*.ts']) // ['a/x.ts', 'b/x.ts']
 */
export function inOrder(paths: readonly string[], globs: readonly string[]): string[] {
  const wanted = globs.filter((glob) => !glob.startsWith('!')).flatMap(withoutBraces);
  const found = wanted.flatMap((glob) => paths.filter((path) => matchesGlob(path, glob) && isAmong(path, globs)));
  return [...new Set(found)];
}

/**
 * A glob without braces for each of their alternatives; braces in braces are not known.
 *
 * @example withoutBraces('{a,b}/c') // ['a/c', 'b/c']
 */
export function withoutBraces(glob: string): string[] {
  const [whole, list = ''] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (whole === undefined) return [glob];
  return list.split(',').flatMap((one) => withoutBraces(glob.replace(whole, one)));
}
