/** Which packages of a lock file are under a licence that is not allowed. Pure. */

/** An entry of `packages` in `package-lock.json`. */
export interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  /** A workspace's place in `node_modules`: the package itself is an entry of its own. */
  link?: boolean;
}

export interface ForbiddenPackage {
  name: string;
  licence: string;
  isBundled: boolean;
}

/** SPDX identifiers without conditions beyond keeping the notice. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);
/** For tools: nothing of them is passed on. */
const FOR_TOOLS = new Set([...PERMISSIVE, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0']);

/** `(MIT OR Apache-2.0)` is allowed if one of them is, `MIT AND ISC` if both are. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replaceAll(/[()]/g, '').trim();
  return plain.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((one) => allowed.has(one.trim())));
}

/**
 * The packages of a lock file whose licence is not allowed where they are used.
 *
 * @example findForbidden({ 'node_modules/a': { version: '1.0.0', license: 'AGPL-3.0' } })
 * // [{ name: 'a@1.0.0', licence: 'AGPL-3.0', isBundled: true }]
 */
export function findForbidden(packages: Readonly<Record<string, LockedPackage>>): ForbiddenPackage[] {
  return Object.entries(packages).flatMap(
    ([path, { version = '', license = 'none stated', dev = false, link = false }]) => {
      // The empty path is the product itself.
      if (path === '' || link || isAllowed(license, dev ? FOR_TOOLS : PERMISSIVE)) return [];
      const name = `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`;
      return [{ name, licence: license, isBundled: !dev }];
    },
  );
}
