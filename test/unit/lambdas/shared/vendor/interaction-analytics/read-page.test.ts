import { describe, expect, it } from 'vitest';
import { readPage } from '../../../../../../lambdas/shared/vendor/interaction-analytics/read-page.ts';

const ROW =
  '{"segmentId":"s-1","interactionId":"int-1","acdContactId":4711,"mediaType":"PhoneCall","startTime":"2026-11-21T09:00:00Z","firstAnnotatedAt":"2026-11-21T10:00:00.123Z","score":1.0}';
const READ = {
  segmentId: 's-1',
  availableMs: Date.parse('2026-11-21T10:00:00.123Z'),
  startMs: Date.parse('2026-11-21T09:00:00Z'),
  medium: 'PhoneCall',
  mediaType: 'voice',
  aliases: { interactionId: 'int-1', acdContactId: '4711' },
  json: ROW,
};

describe('readPage', () => {
  it.each([
    ['a list', `{"totalRecords":"7","interactions": [ ${ROW} ],"links":{}}`],
    ['a bare list', `[${ROW}]`],
    ['a map', `{"interactions":{"s-1":${ROW}}}`],
    ['a map of segments', `{"segments":{"s-1":{"segment": ${ROW}}}}`],
    ['a page inside a page', `{"data":{"content":[${ROW}]}}`],
    ...['segments', 'items', 'data', 'results', 'content'].map((name) => [name, `{"${name}":[${ROW}]}`]),
  ])('reads %s, each row as it was written', (_, body) => {
    expect(readPage(body as string)).toEqual({ rows: [READ], unreadable: [] });
  });

  it('names a map row without an id of its own by its key', () => {
    const body = '{"interactions":{"s-9":{"segment":{"firstAnnotatedAt":1795251600}}}}';
    expect(readPage(body).rows).toMatchObject([{ segmentId: 's-9', availableMs: 1_795_251_600_000, aliases: {} }]);
  });

  it.each(['{"totalRecords":0}', '{"interactions":null}', '{"interactions":[]}', '{"interactions":{}}', '[]'])(
    'finds nothing in %s',
    (body) => expect(readPage(body)).toEqual({ rows: [], unreadable: [] }),
  );

  it.each([
    ['without a time', '{"segmentId":"s-2"}', 's-2'],
    ['with a time that cannot be', '{"segmentId":"s-2","firstAnnotatedAt":"9999-12-31T00:00:00Z"}', 's-2'],
    ['with an id that cannot stand in a path', '{"segmentId":"a/b","firstAnnotatedAt":1795251600}', 'unreadable-row:'],
    ['without an id', '{"firstAnnotatedAt":1795251600}', 'unreadable-row:'],
    ['that is none', 'null', 'unreadable-row:'],
  ])('a row %s is named, and costs no other', (_, row, name) => {
    const page = readPage(`{"interactions":[${row},${ROW}]}`);
    expect(page.rows).toEqual([READ]);
    expect(page.unreadable).toEqual([expect.stringMatching(`^${name}`)]);
  });

  it.each(['<html>', '"text"', '{"message":"hello"}'])('refuses %s', (body) => {
    expect(() => readPage(body)).toThrow(expect.objectContaining({ name: 'ContractViolation' }));
  });
});
