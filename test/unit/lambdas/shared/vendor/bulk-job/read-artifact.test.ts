import { describe, expect, it } from 'vitest';
import { sliceMember } from '../../../../../../lambdas/shared/lib/slice-member.ts';
import { readArtifact } from '../../../../../../lambdas/shared/vendor/bulk-job/read-artifact.ts';

describe('sliceMember', () => {
  it.each([
    ['a string', '{"a":"x","t":"y\\"}"}', '"y\\"}"'],
    ['a number as it is written', '{"t":1.00,"b":2}', '1.00'],
    ['a number of many digits', `{"t":${'9'.repeat(90)}}`, '9'.repeat(90)],
    ['an object', '{ "t" : {"a":[1,"}"]} , "b":2}', '{"a":[1,"}"]}'],
    ['the last of two', '{"t":1,"t":2}', '2'],
    ['a name with an escape', '{"\\u0074":true}', 'true'],
    ['not a nested member', '{"a":{"t":1}}', undefined],
    ['nothing in an empty object', '{}', undefined],
  ])('finds %s', (_name, json, expected) => {
    expect(sliceMember(json, 't')).toBe(expected);
  });
});

const artifact = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    interactionId: 'int-1',
    mediaType: 'voice',
    timestamp: '2026-11-21T10:00:00Z',
    transcript: { text: 'hello' },
    masked: false,
    ...change,
  });

describe('readArtifact', () => {
  it.each([
    ['UTC', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
    ['an offset', '2026-11-21T23:30:00-05:00', '2026-11-22T04:30:00.000Z'],
    ['an offset without a colon', '2026-11-21T23:30:00+0100', '2026-11-21T22:30:00.000Z'],
    ['no offset: UTC', '2026-11-21T10:00:00.5', '2026-11-21T10:00:00.500Z'],
  ])('brings a timestamp to UTC: %s', (_name, timestamp, expected) => {
    expect(readArtifact(artifact({ timestamp }))).toMatchObject({ ok: true, timestamp: expected });
  });

  it('takes media types in any case and a transcript of any kind', () => {
    expect(readArtifact(artifact({ mediaType: 'Voice' }))).toMatchObject({ ok: true, mediaType: 'voice' });
    expect(readArtifact(artifact({ transcript: 'plain' }))).toMatchObject({ ok: true, transcriptJson: '"plain"' });
  });

  it.each([
    ['text that is no JSON', '{"interactionId":"int-1", oops}', 'int-1'],
    ['an unknown medium', artifact({ mediaType: 'fax' }), 'int-1'],
    ['a time that is none', artifact({ timestamp: '2026-13-41T99:00:00Z' }), 'int-1'],
    ['a missing transcript', artifact({ transcript: undefined }), 'int-1'],
    ['a null transcript', artifact({ transcript: null }), 'int-1'],
    ['an id that is a path', artifact({ interactionId: '../secret' }), undefined],
    ['an unknown wrapper', `{"items":[${artifact()}]}`, undefined],
    ['a broken unknown wrapper', `{"items":[${artifact()},]}`, undefined],
    ['null', 'null', undefined],
    ['a number', '12', undefined],
  ])('does not read %s', (_name, text, interactionId) => {
    expect(readArtifact(text)).toEqual({ ok: false, interactionId });
  });
});
