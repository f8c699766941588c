/**
 * The words of groups, each of which has a name that says what its words are or why they are there.
 *
 * @example wordsOf({ articles: 'a an the', negations: 'no not' }) // ['a', 'an', 'the', 'no', 'not']
 */
export function wordsOf(groups: Readonly<Record<string, string>>): string[] {
  return Object.values(groups).flatMap((words) => words.split(' '));
}
