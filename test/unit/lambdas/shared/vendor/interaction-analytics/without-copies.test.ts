import { describe, expect, it } from 'vitest';
import { withoutCopies } from '../../../../../../lambdas/shared/vendor/interaction-analytics/without-copies.ts';

describe('withoutCopies', () => {
  it.each([
    [
      'what was said, without the words that made it personal',
      '{"a":1.0,"annotations":[{"type":"entity","value":"October 2, 1973","stem":"october 2, 1973","offset":31}]}',
      '{"a":1.0,"annotations":[{"type":"entity","offset":31}]}',
    ],
    [
      "a piece of the transcript, and a number that is none of JSON's strings",
      '{"annotations":[{"transcriptChunk":"born 1973","snippet":"x1","value":4711,"highlightLength":4}]}',
      '{"annotations":[{"highlightLength":4}]}',
    ],
    [
      'entities of a row',
      '{"entities":[{"displayText":"617-555-0187","type":"phone"}]}',
      '{"entities":[{"type":"phone"}]}',
    ],
    ['words without a number stay', '{"annotations":[{"value":"negative"}]}', '{"annotations":[{"value":"negative"}]}'],
    ['the same names elsewhere stay', '{"metrics":{"value":"7"},"value":"7"}', '{"metrics":{"value":"7"},"value":"7"}'],
    ['elements that are no objects stay', '{"annotations":["7",null,{}]}', '{"annotations":["7",null,{}]}'],
    ['no list', '{"annotations":{"value":"7"}}', '{"annotations":{"value":"7"}}'],
    ['no object', '[1.0]', '[1.0]'],
    ['no JSON', '{"annotations":[', '{"annotations":['],
  ])('%s', (_, json, expected) => {
    expect(withoutCopies(json)).toBe(expected);
  });
});
