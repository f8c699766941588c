/** Which room a file belongs to, and what a room allows. Pure. */
import { ALL, ALL_BUT_TESTS, ROOMS, type Room } from './rooms.ts';

/** A room, and the folder that it is for a file: `lambdas/<state>` is `lambdas/authenticate` for a file in it. */
export interface Place {
  room: Room;
  folder: string;
}

const isPlaceholder = (segment: string) => segment.startsWith('<');

/**
 * Where a file stands.
 *
 * @example placeOf('lambdas/authenticate/handler.ts')?.room.path; // "lambdas/<state>"
 * @example placeOf('lambdas/shared/anything/a.ts'); // undefined: no room is called so
 */
export function placeOf(file: string, rooms: readonly Room[] = ROOMS): Place | undefined {
  const folders = file.split('/').slice(0, -1);
  const places = rooms.flatMap((room) => {
    const segments = room.path === '.' ? [] : room.path.split('/');
    const isInside =
      segments.length <= folders.length &&
      segments.every((segment, depth) => matches(segment, folders[depth] ?? '', segments.slice(0, depth), rooms));
    if (!isInside || (room.isFlat && segments.length !== folders.length)) return [];
    return [{ room, folder: folders.slice(0, segments.length).join('/'), depth: segments.length }];
  });
  return places.toSorted((one, other) => other.depth - one.depth)[0];
}

/** A placeholder stands for every name but those that a room has in the same place. */
function matches(segment: string, name: string, before: readonly string[], rooms: readonly Room[]): boolean {
  if (!isPlaceholder(segment)) return segment === name;
  return !rooms.some(
    ({ path }) => path.startsWith(`${[...before, name].join('/')}/`) || path === [...before, name].join('/'),
  );
}

/**
 * Whether a file may import another one.
 *
 * @example mayImport('lambdas/authenticate/handler.ts', 'lambdas/plan-extraction/chunks.ts'); // false
 */
export function mayImport(from: string, to: string): boolean {
  const importer = placeOf(from);
  const target = placeOf(to);
  if (!importer || !target) return false;
  const { imports } = importer.room;
  if (importer.folder === target.folder || imports === ALL) return true;
  if (imports === ALL_BUT_TESTS) return target.room.imports !== ALL;
  return imports.includes(target.room.path) || imports.some((door) => isDoor(door, to));
}

/** Whether the path of a file in the table is this file, placeholders filled in. */
function isDoor(door: string, file: string): boolean {
  const segments = door.split('/');
  const names = file.split('/');
  return (
    segments.length === names.length &&
    segments.every((segment, at) => (isPlaceholder(segment) ? names[at] !== undefined : segment === names[at]))
  );
}

/**
 * Whether a file may import a package.
 *
 * @example mayUsePackage('lambdas/shared/contracts/errors.ts', 'node:fs'); // false
 */
export function mayUsePackage(from: string, name: string): boolean {
  const allowed = placeOf(from)?.room.packages;
  if (allowed === undefined) return true;
  return allowed.some(
    (each) => each === name || name.startsWith(`${each}/`) || (each === 'node:*' && name.startsWith('node:')),
  );
}
