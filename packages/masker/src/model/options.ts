import * as z from 'zod';
import type { Span } from './pii-types.ts';
import { DEFAULT_REPLACEMENTS, DEFAULT_TYPES, OPT_IN_TYPES, PII_TYPES, type PiiType } from './type-table.ts';

/** Roles whose names may stay. */
const KEPT_ROLES = ['agent'] as const;
type KeptRole = (typeof KEPT_ROLES)[number];

/**
 * The masker's configuration. Every field is optional; `{}` masks every default type.
 *
 * `enable` adds opt-in types, `disable` takes types away. `comprehend` asks Amazon Comprehend for names and addresses, too;
 * `keepNamesOf` leaves the names of agents. `regions` are ISO 3166 countries whose national phone formats
 * count (numbers with a `+` prefix count everywhere). `replacements` overrides the text that takes a type's place.
 */
export const MaskOptions = z.strictObject({
  enable: z.array(z.enum(PII_TYPES)).optional(),
  disable: z.array(z.enum(PII_TYPES)).optional(),
  regions: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code'))
    .max(20)
    .optional(),
  comprehend: z.boolean().optional(),
  keepNamesOf: z.array(z.enum(KEPT_ROLES)).optional(),
  replacements: z
    .partialRecord(z.enum(PII_TYPES), z.string().regex(/^\[[A-Z][A-Z0-9_]{1,38}\]$/, 'must look like [NAME]'))
    .optional(),
});
export type MaskOptions = z.infer<typeof MaskOptions>;

/** What the masker calls but does not own: it does no I/O and holds no key. */
export interface MaskTools {
  /**
   * A stable token for a value, at most 32 letters and digits; the replacement becomes `[PHONE:token]`.
   * Never called for cards, security codes, tax and social security numbers, PINs or passwords.
   */
  surrogate?: (type: PiiType, canonical: string) => string;
  /** What an entity detector found beforehand, by text. */
  entities?: ReadonlyMap<string, readonly Span[]>;
  /**
   * Called between units of work (texts, runs of digits); what it throws ends the masking. The masker
   * has no clock: a caller with a time limit reads its own here.
   */
  checkpoint?: () => void;
}

/** {@link MaskOptions} with the defaults filled in. */
export interface MaskSettings {
  types: ReadonlySet<PiiType>;
  /** Whether any opt-in type is on: then no text is dismissed at a glance. */
  optIn: boolean;
  regions: readonly string[];
  replacements: Readonly<Record<PiiType, string>>;
  /** Whose names stay. */
  keepNamesOf: ReadonlySet<KeptRole>;
  /** {@link MaskTools.checkpoint}; does nothing where the caller sets no limit. */
  checkpoint: () => void;
}

/**
 * The options with the defaults filled in.
 *
 * @example resolveOptions({ disable: ['VIN'] }).types.has('VIN') // false
 */
export function resolveOptions(options: MaskOptions = {}): MaskSettings {
  const disabled = new Set<PiiType>(options.disable);
  return {
    types: new Set([...DEFAULT_TYPES, ...(options.enable ?? [])].filter((type) => !disabled.has(type))),
    optIn: (options.enable ?? []).some(isOptIn),
    regions: options.regions ?? ['US'],
    keepNamesOf: new Set(options.keepNamesOf),
    replacements: { ...DEFAULT_REPLACEMENTS, ...options.replacements },
    checkpoint() {},
  };
}

/** Finds entities in texts: one list of spans (UTF-16 code units) per text, in the order of the texts. */
export type EntityDetector = (texts: readonly string[]) => Promise<Span[][]>;

/**
 * Whether the options ask for an {@link EntityDetector} beside the masker's own rules.
 *
 * @example needsEntities({ comprehend: true }) // true
 */
export function needsEntities(options?: MaskOptions): boolean {
  return options?.comprehend === true && hasEntities(resolveOptions(options));
}

/** Whether names or addresses are wanted. */
export function hasEntities({ types }: Pick<MaskSettings, 'types'>): boolean {
  return types.has('PERSON') || types.has('STREET_ADDRESS');
}

function isOptIn(type: PiiType): boolean {
  return OPT_IN_TYPES.some((one) => one === type);
}
