/** The id that stands for a row of the vendor's search which does not say whose it is. */

/** Begins such an id; what follows tells the rows apart and is the same each time. */
export const NAMELESS = 'unreadable-row:';

/**
 * Whether the id stands for a row without one, so that nothing can be asked for by it.
 *
 * @example isNameless('unreadable-row:74234e98afe7498f'); // true
 */
export function isNameless(interactionId: string): boolean {
  return interactionId.startsWith(NAMELESS);
}
