import { createHash } from 'node:crypto';
import { createMasker, MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import { describe, expect, it, vi } from 'vitest';
import { readLexicon } from '../../../../lambdas/shared/lib/names-lexicon.ts';
import { TranscriptRow } from '../../../../lambdas/shared/storage/records.ts';
import { buildRow } from '../../../../lambdas/store-transcripts/build-row.ts';
import { surrogateTools } from '../../../../lambdas/store-transcripts/surrogates.ts';

const { findLeaks } = vi.hoisted(() => ({ findLeaks: vi.fn() }));
vi.mock('@cxone-transcripts/masker', async (original) => {
  const real = await original<typeof import('@cxone-transcripts/masker')>();
  return { ...real, findLeaks: findLeaks.mockImplementation(real.findLeaks) };
});
const masker = createMasker({}, readLexicon());

const refusal = (words: string) =>
  expect.objectContaining({ name: 'PiiMaskingFailed', message: expect.stringContaining(words) });
const context = { runId: 'run-1', jobId: 'job-1', extractedAt: '2026-11-22T00:00:00.000Z' };
const artifact = (transcriptJson: string) => ({
  ok: true as const,
  interactionId: 'int-1',
  mediaType: 'voice' as const,
  timestamp: '2026-11-21T10:00:00.000Z',
  transcriptJson,
});

describe('buildRow', () => {
  it('is one line that keeps the source text of numbers and hashes the masked transcript', async () => {
    const { line, findings } = await buildRow(
      artifact('{\n "id": 12345678901234567890,\n "score": 1.00,\n "text": "mail ann@example.com"\n}'),
      context,
      { masker },
    );
    expect(line).not.toContain('\n');
    expect(line).toContain('"id": 12345678901234567890');
    expect(line).toContain('"score": 1.00');
    expect(line).not.toContain('ann@example.com');
    expect(findings).toEqual({ EMAIL_ADDRESS: 1 });
    const row = TranscriptRow.parse(JSON.parse(line));
    expect(row.maskRulesVersion).toBe(MASK_RULES_VERSION);
    const transcript = line.slice(line.indexOf('"transcript":') + 13, line.indexOf(',"masked":true'));
    expect(row.contentSha256).toBe(createHash('sha256').update(transcript).digest('hex'));
  });

  it('masks what the vendor says of the interaction together with the transcript', async () => {
    const analysed = {
      ...artifact('{"transcriptBlocks":[{"text":"Thank you, Wilhelmina, and good bye"}],"score":1.00}'),
      version: '2026-11-22T08:00:00Z',
      interactionJson:
        '{"participants":[{"customerName":"Wilhelmina Oberhauser"}],"note":"} \\" ]","mail":"w@example.com"}',
      aliases: { interactionId: 'i-1', acdContactId: '42' },
    };
    const names = (text: string) =>
      [...text.matchAll(/Wilhelmina( Oberhauser)?/g)].map(({ index, 0: { length } }) => ({
        type: 'PERSON' as const,
        start: index,
        end: index + length,
      }));
    const masking = {
      masker: createMasker({ comprehend: true }, readLexicon()),
      detector: async (texts: readonly string[]) => texts.map(names),
    };
    const source = 'interaction-analytics' as const;
    const { line, findings } = await buildRow(analysed, { ...context, source }, masking, '2026-11-21');
    expect(findings).toEqual({ PERSON: 2, EMAIL_ADDRESS: 1 });
    expect(line).not.toMatch(/Wilhelmina|Oberhauser|w@example[.]com/);
    const row = TranscriptRow.parse(JSON.parse(line));
    expect(row).toMatchObject({
      source: 'interaction-analytics',
      version: '2026-11-22T08:00:00Z',
      supersedes: '2026-11-21',
      interaction: { interactionId: 'i-1', acdContactId: '42', row: { note: '} " ]' } },
    });
    const transcript = line.slice(line.indexOf('"transcript":') + 13, line.indexOf(',"interaction":'));
    expect(transcript).toContain('"score":1.00');
    expect(row.contentSha256).toBe(createHash('sha256').update(transcript).digest('hex'));
  });

  it.each(['[]', '"text"', '{}]', ''])(
    'refuses %s in the place of what the vendor says of the interaction',
    async (json) => {
      const broken = { ...artifact('{"a":1}'), interactionJson: json };
      await expect(buildRow(broken, context, { masker })).rejects.toThrow(
        expect.objectContaining({ name: 'PiiMaskingFailed' }),
      );
    },
  );

  it('has the same content hash whatever run it belongs to', async () => {
    const hash = async (runId: string) =>
      JSON.parse((await buildRow(artifact('{"a":1}'), { ...context, runId }, { masker })).line).contentSha256;
    expect(await hash('run-1')).toBe(await hash('run-2'));
  });

  it('refuses what the leak check still finds', async () => {
    findLeaks.mockReturnValueOnce([{ type: 'EMAIL_ADDRESS', count: 1 }]);
    await expect(buildRow(artifact('{"a":1}'), context, { masker })).rejects.toThrow(refusal('leak check'));
  });

  it('refuses what the masker cannot finish, without its words', async () => {
    vi.spyOn(masker, 'maskJson').mockImplementationOnce(() => {
      throw new SyntaxError('Unexpected token in ann@example.com');
    });
    await expect(buildRow(artifact('{"a":1}'), context, { masker })).rejects.toThrow(refusal('did not finish'));
  });

  it('joins what it masks, under a key that the row names', async () => {
    const surrogates = { tools: surrogateTools({ keyId: 'k1', key: 'x'.repeat(32) }), keyId: 'k1' };
    const build = async (text: string) =>
      JSON.parse((await buildRow(artifact(JSON.stringify({ text })), context, { masker, surrogates })).line);
    const typed = await build('call me on (415) 555-0132 please');
    const spoken = await build('my number is four one five five five five oh one three two');
    const token = /\[PHONE_MASKED:([0-9a-f]{20})\]/;
    expect(typed.surrogateKeyId).toBe('k1');
    expect(token.exec(typed.transcript.text)?.[1]).toBeDefined();
    expect(token.exec(spoken.transcript.text)?.[1]).toBe(token.exec(typed.transcript.text)?.[1]);
    expect((await build('my ssn is 531-72-4409')).transcript.text).not.toContain(':');
  });

  it('masks what a detector finds, where the options ask for it', async () => {
    const asked: (readonly string[])[] = [];
    const detector = async (texts: readonly string[]) => {
      asked.push(texts);
      return texts.map((text) => [
        { type: 'PERSON' as const, start: text.indexOf('Ann'), end: text.indexOf('Ann') + 7 },
      ]);
    };
    const masking = { masker: createMasker({ comprehend: true }, readLexicon()), detector };
    const { line, findings } = await buildRow(artifact('{"text":"this is Ann Lee"}'), context, masking);
    expect(asked).toEqual([['this is Ann Lee']]);
    expect(line).toContain('this is [PERSON]');
    expect(findings).toEqual({ PERSON: 1 });
  });
});
