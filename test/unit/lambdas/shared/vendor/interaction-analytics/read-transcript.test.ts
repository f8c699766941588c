import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../../../../lambdas/shared/vendor/interaction-analytics/read-transcript.ts';
import type { SegmentRow } from '../../../../../../lambdas/shared/vendor/interaction-analytics/segment-page.ts';

const ROW: SegmentRow = {
  segmentId: 's-1',
  availableMs: Date.parse('2026-11-22T00:00:00Z'),
  startMs: Date.parse('2026-11-21T09:00:00Z'),
  medium: 'CHAT',
  mediaType: 'chat',
  aliases: { interactionId: 'int-1' },
  json: '{"row":1.0}',
};
const textOf = (change: object) =>
  JSON.stringify({
    type: 'PhoneCall',
    annotatedDateTime: '2026-11-22T01:00:00+01:00',
    transcriptBlocks: [{ text: 'Hi' }],
    ...change,
  });

describe('readTranscript', () => {
  it('keeps text and row as they were written, and takes what a row needs of the list', () => {
    const text = ' {"transcriptBlocks":[{"confidence":1.0}],"annotatedDateTime":"2026-11-22T00:00:00"}\n';
    expect(readTranscript('s-1', text, ROW)).toEqual({
      ok: true,
      interactionId: 's-1',
      mediaType: 'chat',
      timestamp: '2026-11-21T09:00:00.000Z',
      transcriptJson: text,
      version: '2026-11-22T00:00:00.000Z',
      interactionJson: '{"row":1.0}',
      aliases: { interactionId: 'int-1' },
    });
  });

  it.each<[string, object, object]>([
    [
      'start and medium from metrics',
      { type: null, metrics: { startTime: '2026-11-20T08:00:00Z', mediaType: 'Email' } },
      { mediaType: 'email', timestamp: '2026-11-20T08:00:00.000Z' },
    ],
    [
      'a start in seconds, as text',
      { metrics: { startTime: '1795251600' } },
      { timestamp: '2026-11-21T09:00:00.000Z' },
    ],
    ['aliases from metrics', { metrics: { acdContactId: '4711' } }, { aliases: { acdContactId: '4711' } }],
    ['the analysis where nothing says the start', {}, { timestamp: '2026-11-22T00:00:00.000Z' }],
    ['a medium with an unknown name', { type: 'Hologram' }, { mediaType: 'other' }],
    ['no medium at all', { type: undefined }, { mediaType: 'other' }],
    [
      'what is left of an erased customer',
      { transcriptBlocks: [{ text: 'x@nic_anonymize.com' }] },
      { isAnonymised: true },
    ],
    ['blocks as a map', { transcriptBlocks: { 1: { text: 'Hi' } } }, { mediaType: 'voice' }],
  ])('without a row: %s', (_, change, expected) => {
    expect(readTranscript('s-1', textOf(change), undefined)).toMatchObject({ ok: true, ...expected });
  });

  it.each([
    ['no block', textOf({ transcriptBlocks: [] }), 'empty'],
    ['no blocks', textOf({ transcriptBlocks: undefined }), 'empty'],
    ['null for blocks', textOf({ transcriptBlocks: null }), 'empty'],
    ['nothing of a transcript', '{"message":"hello"}', undefined],
    ['no object', '[]', undefined],
    ['no JSON', '<html>', undefined],
    ['no time at all', '{"transcriptBlocks":[{}]}', undefined],
  ])('%s: not stored', (_, text, outcome) => {
    const expected = { ok: false, interactionId: 's-1', ...(outcome !== undefined && { outcome }) };
    expect(readTranscript('s-1', text, undefined)).toEqual(expected);
  });

  it('a version that cannot be read is none', () => {
    expect(readTranscript('s-1', textOf({ annotatedDateTime: 'soon' }), ROW)).not.toHaveProperty('version');
  });
});
