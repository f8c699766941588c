/** Faults whose message says everything: a stack would only hide it. */

import { FaultsInvalid } from '../../emulator/stand-ins/cxone/faults.ts';
import { TranscriptsFileInvalid } from '../../emulator/stand-ins/cxone/transcripts-file.ts';
import { StageConfigError } from '../../infra/stage-config-error.ts';
import { isPipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { Interrupted } from './interruption.ts';
import { UsageError } from './usage-error.ts';

const FAILED = 1;
const BAD_USAGE = 2;

/** Faults of what the user gave. */
const USER_FAULTS = [UsageError, StageConfigError, FaultsInvalid, TranscriptsFileInvalid];

/** Files that are not there, folders that cannot be written, ports that are taken: Node's own words name them. */
const SYSTEM_FAULTS = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EEXIST',
  'EADDRINUSE',
]);

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && SYSTEM_FAULTS.has(String((error as NodeJS.ErrnoException).code))
  );
}

/**
 * What to print about an error that ended a command, and the exit code.
 *
 * @example explainFault(new UsageError('x.json: not JSON')); // { message: "error: x.json: not JSON", exitCode: 2 }
 * @returns undefined for an error that was not foreseen: its stack is what helps
 */
export function explainFault(error: unknown): { message: string; exitCode: number } | undefined {
  if (error instanceof Interrupted) return { message: error.message, exitCode: FAILED };
  if (USER_FAULTS.some((Fault) => error instanceof Fault) || isSystemError(error)) {
    return { message: `error: ${(error as Error).message}`, exitCode: BAD_USAGE };
  }
  // A record that is damaged, a bucket that does not answer.
  if (isPipelineError(error)) return { message: `error: ${error.name}: ${error.message}`, exitCode: FAILED };
  return undefined;
}
