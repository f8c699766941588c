/** What is wrong with a lake. */
export interface Problem {
  code:
    | 'manifest'
    | 'record'
    | 'counts'
    | 'rows'
    | 'listed-twice'
    | 'missing'
    | 'checksum'
    | 'unreadable'
    | 'row'
    | 'time'
    | 'leak'
    | 'erased'
    | 'orphan'
    | 'foreign'
    | 'unlisted';
  /** The object that it is about. */
  key: string;
  /** Never content: counts, names of fields and types. */
  detail: string;
}

/** What each code says to an operator, in the words that `verify` prints. */
export const PROBLEM_MEANING: Record<Problem['code'], string> = {
  manifest: 'a manifest cannot be read: it is damaged, or of a newer version of the pipeline',
  record: 'another record of the pipeline cannot be read, for the same reasons',
  counts: 'outcomes do not add up to what was planned, or not to those in the audit',
  rows: 'a number of rows is wrong',
  'listed-twice': 'an object is listed twice',
  missing: 'an object that a manifest lists is not there',
  checksum: 'an object is not the one that was written',
  unreadable: 'an object cannot be unpacked',
  row: 'a row is not of the documented form',
  time: 'a row lies outside the times listed for its part',
  leak: 'a row holds personal data',
  erased: 'a row of an erased interaction is back',
  orphan: 'no manifest lists it, and none will',
  foreign: 'the pipeline has not written it',
  unlisted: 'a compacted file that no record of compact lists: compact its day again',
};
