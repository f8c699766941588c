import type { Span } from './pii-types.ts';

/** A span and the value it stands for in one spelling: digits only, lower case. */
export interface Match extends Span {
  canonical: string;
  /** Replaces the span as it is, instead of the type's name: for what is masked inside a nested document. */
  replacement?: string;
}
