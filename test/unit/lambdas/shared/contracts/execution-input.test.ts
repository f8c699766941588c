import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExecutionInput } from '../../../../../lambdas/shared/contracts/execution-input.ts';

const EVENTS = new URL('../../../../../events/', import.meta.url);
const readEvent = (name: string): unknown => JSON.parse(readFileSync(new URL(name, EVENTS), 'utf8'));
const names = readdirSync(EVENTS).filter((name) => name.endsWith('.json'));

describe('parseExecutionInput', () => {
  it('reads the job payload as it is and fills in nothing that was said', () => {
    const payload = {
      interactionIds: ['int-8a7b9c0d-1e2f-3g4h-5i6j-7k8l9m0n1o2p'],
      mediaTypes: ['voice', 'chat'],
      redactionPolicy: 'auto',
      format: 'json',
      maxConcurrentDownloads: 5,
    };
    expect(parseExecutionInput(payload)).toEqual({ ...payload, skipStored: false, dryRun: false });
  });

  it.each([
    [{ window: { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00+01:00' } }],
    [{ schedule: { name: 'daily', time: '2026-11-22T03:00:00Z' } }],
    [{ interactionIdsFrom: 's3://some-bucket/inputs/ids.csv' }],
    [{ interactionIdsFrom: 's3://some-bucket/inputs/ids.jsonl.gz', dryRun: true, batchSize: 500 }],
    [{ retryRun: 'run-1' }],
    [{ redeliverRun: 'run-1' }],
  ])('accepts %j', (input) => {
    expect(parseExecutionInput(input)).toMatchObject(input);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /exactly one of interactionIds, .* found none/],
    ['a list', [1], /found none/],
    ['no source', { mediaTypes: ['voice'] }, /found none/],
    ['two sources', { interactionIds: ['a'], retryRun: 'b' }, /found interactionIds, retryRun/],
    ['no ids', { interactionIds: [] }, /interactionIds: /],
    ['unsafe ids', { interactionIds: ['ok', '../x', 'a"b', ''] }, /interactionIds\[1\]: .*\[2\]: .*\[3\]: /],
    ['a media type twice', { interactionIds: ['a'], mediaTypes: ['voice', 'voice'] }, /mediaTypes: must not/],
    ['an unknown media type', { interactionIds: ['a'], mediaTypes: ['fax'] }, /mediaTypes\[0\]/],
    ['too many downloads', { interactionIds: ['a'], maxConcurrentDownloads: 11 }, /maxConcurrentDownloads/],
    ['a source with a slip', { windw: {} }, /found none; windw: did you mean window\?/],
    [
      'an option with a slip',
      { interactionIds: ['a'], mediaTyps: ['voice'] },
      /mediaTyps is not .*did you mean mediaTypes\?/,
    ],
    [
      'a day for a time',
      { window: { from: '2026-11-20', to: '2026-11-21' } },
      /window\.from: must be a time with its zone, such as 2026/,
    ],
    [
      'a day for the time of a schedule',
      { schedule: { name: 'daily', time: '2026-11-20' } },
      /schedule\.time: .* such as 2026/,
    ],
    ['an unknown field', { interactionIds: ['a'], colour: 'red' }, /colour is not a known field/],
    ['a window backwards', { window: { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' } }, /window: must/],
    ['a window without zone', { window: { from: '2026-11-01T00:00:00', to: '2026-11-02T00:00:00Z' } }, /window\.from/],
    ['a schedule without time', { schedule: { name: 'daily' } }, /schedule\.time/],
    ['a file elsewhere', { interactionIdsFrom: 'https://example.com/ids.csv' }, /interactionIdsFrom: must be s3/],
    ['job options on a retry', { retryRun: 'run-1', mediaTypes: ['voice'] }, /mediaTypes is not a known field/],
  ])('refuses %s', (_, input, message) => {
    expect(() => parseExecutionInput(input)).toThrow(expect.objectContaining({ name: 'InputInvalid' }));
    expect(() => parseExecutionInput(input)).toThrow(message);
  });

  it.each([
    ...[
      '\u001b[31m',
      '\u0007',
      '\u0000',
      '\u007f',
      '\u009b',
      '\u0085',
      '\u202e',
      '\u2066',
      '\u200f',
      '\u061c',
      '\u2028',
    ],
    ...['\ufeff', '\ud800', ' ', '"', "'", '\\'],
  ])('refuses %j in the key of a file', (part) => {
    expect(() => parseExecutionInput({ interactionIdsFrom: `s3:///inputs/a${part}b.csv` })).toThrow(
      /interactionIdsFrom: must be s3/,
    );
  });

  it.each(['inputs/ids.csv', 'inputs/2026-11/Überfällig_日本.jsonl.gz', 'inputs/a+b=(c)&d.ndjson'])(
    'accepts a file with the key %s',
    (key) => expect(parseExecutionInput({ interactionIdsFrom: `s3:///${key}` })).toMatchObject({ dryRun: false }),
  );

  it('never quotes a value', () => {
    const secret = 'jane.doe@example.com';
    expect(() => parseExecutionInput({ interactionIds: [secret], [secret]: 1 })).toThrow(/^(?!.*jane).*$/s);
  });

  it.each(names.filter((name) => !name.startsWith('invalid-')))('accepts events/%s', (name) => {
    expect(parseExecutionInput(readEvent(name))).toBeTruthy();
  });

  it.each(names.filter((name) => name.startsWith('invalid-')))('refuses events/%s', (name) => {
    expect(() => parseExecutionInput(readEvent(name))).toThrow(expect.objectContaining({ name: 'InputInvalid' }));
  });
});
