import type { Span } from './pii-types.ts';
import type { TermKind } from './type-table.ts';

/**
 * How a value was told: by its `shape` or check digit, by `words` that reach it, a `pattern` of its type, as a `date`, right
 * after another value (`sequence`), as the part of a number that was taken back (`correction`), from several `turns`, as
 * the whole `answer` to a question, as what was found before (`repetition`), by the `name` of its member, by the
 * `detector` outside.
 */
export type Rule =
  | 'shape'
  | 'words'
  | 'pattern'
  | 'date'
  | 'sequence'
  | 'correction'
  | 'turns'
  | 'answer'
  | 'repetition'
  | 'name'
  | 'detector';

/** Why a span is personal. */
export interface Reason {
  readonly rule: Rule;
  /** What it was worth per digit, where the segmentation weighed it. */
  readonly score?: number;
  /** What announced it. */
  readonly kind?: TermKind;
  /** The phrase that did, where it stands in the same text; an earlier turn or the name of the member did otherwise. */
  readonly phrase?: string;
}

/** A span and the value it stands for in one spelling: digits only, lower case. */
export interface Match extends Span {
  canonical: string;
  reason: Reason;
  /** Replaces the span as it is, instead of the type's name: for what is masked inside a nested document. */
  replacement?: string;
}
