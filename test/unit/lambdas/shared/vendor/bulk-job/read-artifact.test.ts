import { describe, expect, it } from 'vitest';
import { readArtifact } from '../../../../../../lambdas/shared/vendor/bulk-job/read-artifact.ts';

const artifact = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    interactionId: 'int-1',
    mediaType: 'voice',
    timestamp: '2026-11-21T10:00:00Z',
    transcript: { text: 'hello' },
    masked: false,
    ...change,
  });

const read = (text: string) => readArtifact(Buffer.from(text));

describe('readArtifact', () => {
  it.each([
    ['UTC', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
    ['an offset', '2026-11-21T23:30:00-05:00', '2026-11-22T04:30:00.000Z'],
    ['an offset without a colon', '2026-11-21T23:30:00+0100', '2026-11-21T22:30:00.000Z'],
    ['no offset: UTC', '2026-11-21T10:00:00.5', '2026-11-21T10:00:00.500Z'],
  ])('brings a timestamp to UTC: %s', (_name, timestamp, expected) => {
    expect(read(artifact({ timestamp }))).toMatchObject({ ok: true, timestamp: expected });
  });

  it('takes media types in any case and a transcript of any kind', () => {
    expect(read(artifact({ mediaType: 'Voice' }))).toMatchObject({ ok: true, mediaType: 'voice' });
    expect(read(artifact({ transcript: 'plain' }))).toMatchObject({ ok: true, transcriptJson: '"plain"' });
  });

  it.each([
    ['a byte order mark', `\uFEFF${artifact()}`],
    ['blanks that JSON does not know', `\u00A0\f${artifact()}\u2028`],
    ['a name with an escape', artifact().replace('"mediaType"', '"media\\u0054ype"')],
    ['the last of two', `{"interactionId":"other","transcript":1,${artifact().slice(1)}`],
    ['names that every object inherits', `{"__proto__":{"mediaType":"chat"},"constructor":1,${artifact().slice(1)}`],
  ])('reads through %s', (_name, text) => {
    expect(read(text)).toMatchObject({ ok: true, interactionId: 'int-1', transcriptJson: '{"text":"hello"}' });
  });

  it('leaves the transcript as it is written', () => {
    const transcriptJson = '[1.00, 12345678901234567890,"\\u00e9é"\t]';
    const text = `${artifact({ transcript: undefined }).slice(0, -1)},"transcript": ${transcriptJson}\n}`;
    expect(read(text)).toMatchObject({ ok: true, transcriptJson });
  });

  it.each([
    ['text that is no JSON', '{"interactionId":"int-1", oops}', 'int-1'],
    ['an unknown medium', artifact({ mediaType: 'fax' }), 'int-1'],
    ['a time that is none', artifact({ timestamp: '2026-13-41T99:00:00Z' }), 'int-1'],
    ['a missing transcript', artifact({ transcript: undefined }), 'int-1'],
    ['a null transcript', artifact({ transcript: null }), 'int-1'],
    ['JSON that breaks inside the transcript', artifact().replace('"hello"', '"\x01"'), 'int-1'],
    ['JSON that breaks behind the transcript', `${artifact()}}`, 'int-1'],
    ['an id that only others have', `{"__proto__":${artifact()}}`, undefined],
    ['an id that is a path', artifact({ interactionId: '../secret' }), undefined],
    ['an unknown wrapper', `{"items":[${artifact()}]}`, undefined],
    ['a broken unknown wrapper', `{"items":[${artifact()},]}`, undefined],
    ['null', 'null', undefined],
    ['a number', '12', undefined],
  ])('does not read %s', (_name, text, interactionId) => {
    expect(read(text)).toEqual({ ok: false, interactionId });
  });
});
