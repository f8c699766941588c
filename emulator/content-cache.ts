/**
 * What takes long to make and is the same again for the same content: kept from one start to the next, each in a folder
 * that is named by its key. Whoever makes something writes it elsewhere and renames it: half-made things are never seen.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'cxone-transcripts';
/** Names the folder of the cache, for who wants it elsewhere. */
const FOLDER_VARIABLE = 'TRANSCRIPTS_CACHE';

/** Enough for a few branches and the stages of the tests. */
const KEPT_ENTRIES = 8;
/** A process that uses an entry says so more often than that. */
const USED_WITHIN_MS = 10 * 60_000;
const SAY_EVERY_MS = USED_WITHIN_MS / 5;
/** What is being made is in there. */
const UNFINISHED = 'unfinished-';

function places(): string[] {
  const { [FOLDER_VARIABLE]: chosen, XDG_CACHE_HOME } = process.env;
  if (chosen) return [chosen];
  return [join(PROJECT, 'node_modules', '.cache', NAME), join(XDG_CACHE_HOME || join(homedir(), '.cache'), NAME)];
}

function isUsable(folder: string): boolean {
  try {
    // Only its owner may write what is going to be run.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmSync(temporaryFolder(UNFINISHED, folder).path, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

let lastResort: string | undefined;

/**
 * The folder of the cache: beside the packages, where that is not writable the user's own, and at last one that is gone
 * with this process.
 *
 * @example cacheFolder() // '…/node_modules/.cache/cxone-transcripts'
 */
function cacheFolder(): string {
  const usable = places().find(isUsable);
  if (usable !== undefined) return usable;
  lastResort ??= temporaryFolder(`${NAME}-`).path;
  return lastResort;
}

/** A folder for something to be made in, on the cache's file system; gone with the process at the latest. */
export function unfinishedFolder(): TemporaryFolder {
  return temporaryFolder(UNFINISHED, cacheFolder());
}

/**
 * The folder of an entry, which exists from now on and is not cleared away while this process runs.
 *
 * @example entryFolder('3f9a…') // '…/node_modules/.cache/cxone-transcripts/3f9a…'
 */
export function entryFolder(key: string): string {
  const folder = join(cacheFolder(), key);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sayInUse(folder);
  if (!used.has(folder)) setInterval(() => sayInUse(folder), SAY_EVERY_MS).unref();
  used.add(folder);
  return folder;
}

const used = new Set<string>();

function sayInUse(folder: string): void {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // It was cleared away by hand: it is made anew the next time.
  }
}

/**
 * Puts what was made into its place. Of two processes that made the same, one is the first; what the other made goes.
 *
 * @throws Error of the file system, such as ENOSPC
 */
export function publish(made: string, place: string): void {
  try {
    renameSync(made, place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/** Clears away what has not been used lately, the newest entries aside, and what somebody was making who was killed. */
export function prune(nowMs = Date.now()): void {
  const entries = readdirSync(cacheFolder()).flatMap((name) => {
    const path = join(cacheFolder(), name);
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    return mtimeMs === undefined ? [] : [{ path, mtimeMs, isEntry: !name.startsWith(UNFINISHED) }];
  });
  const newest = entries.filter(({ isEntry }) => isEntry).toSorted((a, b) => b.mtimeMs - a.mtimeMs);
  const kept = new Set(newest.slice(0, KEPT_ENTRIES));
  for (const entry of entries) {
    if (kept.has(entry) || nowMs - entry.mtimeMs < USED_WITHIN_MS) continue;
    rmSync(entry.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
