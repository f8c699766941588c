/** The table of rooms as Markdown. Pure. */
import { ALL, ALL_BUT_TESTS, ROOMS, type Room } from '../architecture/rooms.ts';

/** A row for each room, as a table in Markdown: what it holds, and whom it may import. */
export function roomsTable(): string {
  const rows = ROOMS.map((room) => `| ${code(room.path)} | ${room.holds} | ${importsOf(room)} | ${packagesOf(room)} |`);
  return ['| room | what one looks for there | may import | packages |', '|---|---|---|---|', ...rows].join('\n');
}

const code = (path: string) => `\`${path}\``;

function importsOf({ path, imports }: Room): string {
  if (imports === ALL) return 'anything';
  if (imports === ALL_BUT_TESTS) return 'anything but tests';
  if (imports.length === 0) return 'nothing';
  return imports.map((each) => code(shortened(each, path))).join(', ');
}

/** Within the masker, and within `lambdas/shared`, the last part of the name is enough. */
function shortened(path: string, from: string): string {
  const common = ['packages/masker/src/', 'lambdas/shared/'].find((start) => path.startsWith(start));
  return common === 'lambdas/shared/' || (common !== undefined && from.startsWith(common.slice(0, -1)))
    ? path.slice(common.length)
    : path;
}

function packagesOf({ packages }: Room): string {
  if (packages === undefined) return 'any';
  return packages.map((name) => code(name)).join(', ');
}
