import type { PiiType } from '../../src/model/type-table.ts';

/** Sentences of one type, read with it alone switched on if it is off by default. Numbers are fictional. */
export interface TypeTable {
  type: PiiType;
  /** Marked as `{TYPE|text}`; at least eight. */
  personal: readonly string[];
  /** What looks like it and is none; at least eight. */
  ordinary: readonly string[];
}
