/**
 * `npm run licences`: every package in the lock file has a licence that this product may use. What is bundled into the
 * functions is held to permissive licences; what only builds and tests it may be under a weak copyleft as well.
 */
import { readFileSync } from 'node:fs';
import { takeNoArguments } from './arguments.ts';
import { findForbidden, type LockedPackage } from './licences/find-forbidden.ts';

takeNoArguments('licences');

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const forbidden = findForbidden(lock.packages);
for (const { name, licence, isBundled } of forbidden) {
  console.error(`${name}: ${licence} ${isBundled ? '(bundled)' : '(development)'}`);
}
if (forbidden.length > 0) process.exitCode = 1;
else console.log(`${Object.keys(lock.packages).length - 1} packages, all under licences that are allowed`);
