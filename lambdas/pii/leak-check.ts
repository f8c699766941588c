import { type MaskOptions, resolveOptions } from './options.ts';
import type { PiiType } from './types.ts';

/** A kind of personal data that masked text still holds, and how often. */
export interface Leak {
  type: PiiType;
  count: number;
}

/** Scans masked JSON text for what should no longer be there. Shares no code with the detection. */
export function findLeaks(json: string, options?: MaskOptions): Leak[] {
  const { types } = resolveOptions(options);
  const leaks: Leak[] = [];
  const emails = json.match(/[A-Za-z0-9]@[A-Za-z0-9-]{1,63}\.[A-Za-z]{2,}/g)?.length ?? 0;
  if (emails > 0 && types.has('EMAIL_ADDRESS')) leaks.push({ type: 'EMAIL_ADDRESS', count: emails });
  return leaks;
}
