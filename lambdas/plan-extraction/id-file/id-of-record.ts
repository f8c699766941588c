/** Where the id is in a record of a caller's list. Pure. */

/** Accepted names of the id's column or field, the first that occurs wins; upper and lower case are the same. */
export const ID_COLUMNS = ['interactionId', 'interaction_id', 'id'] as const;

/**
 * Position of the id's column in a header, or undefined.
 *
 * @example idColumn(['started', ' Interaction_ID ']) // 1
 */
export function idColumn(header: readonly string[]): number | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  for (const column of ID_COLUMNS) {
    const index = names.indexOf(column.toLowerCase());
    if (index >= 0) return index;
  }
  return undefined;
}

/**
 * The id of a line of JSON: the line's own string, or a field of its object; undefined where there is none.
 *
 * @example
 * idOfJson('"int-1"') // 'int-1'
 * idOfJson('{"id":"int-1"}') // 'int-1'
 * idOfJson('int-1') // undefined: no JSON
 */
export function idOfJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = Object.keys(value);
  const index = idColumn(fields);
  return index === undefined ? undefined : (value as Record<string, unknown>)[fields[index] as string];
}
