/** Whose requests go first where a budget is short. */
import * as z from 'zod';

/** `daily`: a scheduled run, which has to end before the next one; `backfill`: any other, which has time. */
export const Priority = z.enum(['daily', 'backfill']);
export type Priority = z.infer<typeof Priority>;

/**
 * The priority of a run by its execution input, whose faults are not looked at.
 *
 * @example
 * priorityOf({ schedule: { name: 'daily', time: '2026-11-21T03:00:00Z' } }) // 'daily'
 * priorityOf({ retryRun: 'daily-1' }) // 'backfill'
 */
export function priorityOf(input: unknown): Priority {
  return typeof input === 'object' && input !== null && 'schedule' in input ? 'daily' : 'backfill';
}
