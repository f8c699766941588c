/** What the masker takes and what it reports: types and a schema, so that a configuration is checked without its tables. */
export {
  type EntityDetector,
  MaskOptions,
  type MaskTools,
  needsEntities,
} from './model/options.ts';
export type { Finding, FindingCounts, JsonValue, Span } from './model/pii-types.ts';
export { DEFAULT_TYPES, OPT_IN_TYPES, PII_TYPES, type PiiType } from './model/type-table.ts';
