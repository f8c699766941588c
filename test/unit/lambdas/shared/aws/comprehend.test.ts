import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMasker, needsEntities, type Span } from '@cxone-transcripts/masker';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { comprehendDetector } from '../../../../../lambdas/shared/aws/comprehend.ts';
import { readLexicon } from '../../../../../lambdas/shared/lib/names-lexicon.ts';

/** Answers DetectPiiEntities: every "Ana Lopez" is a NAME, offsets in code points as the service counts them. */
let server: Server;
let endpoint: string;
let answer: { status: number; type?: string };
const requests: { target: string | undefined; text: string }[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

beforeEach(async () => {
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  requests.length = 0;
  answer = { status: 200 };
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { Text = '' } = JSON.parse(body) as { Text?: string };
      requests.push({ target: request.headers['x-amz-target'] as string | undefined, text: Text });
      response.setHeader('Content-Type', 'application/x-amz-json-1.1');
      response.statusCode = answer.status;
      if (answer.status !== 200) return response.end(JSON.stringify({ __type: answer.type, message: 'no' }));
      const Entities = [...Text.matchAll(/Ana Lopez/g)].map(({ index }) => {
        const BeginOffset = [...Text.slice(0, index)].length;
        return { Type: 'NAME', Score: 0.99, BeginOffset, EndOffset: BeginOffset + 9 };
      });
      return response.end(JSON.stringify({ Entities }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const masker = createMasker({ comprehend: true }, readLexicon());

describe('names through Amazon Comprehend', () => {
  test('are masked where they stand, other findings beside them', async () => {
    const json = JSON.stringify({
      id: 'x-1',
      segments: [{ text: '😀 this is Ana Lopez, 212-555-0142' }, { text: 'hello Ana Lopez' }],
    });
    const texts = masker.entityTexts(json);
    const detect = await comprehendDetector({ endpoint });
    const spans = await detect(texts);
    const entities = new Map(texts.map((text, i) => [text, spans[i] ?? []]));
    const { json: masked, counts } = masker.maskJson(json, { entities });
    expect(JSON.parse(masked)).toEqual({
      id: 'x-1',
      segments: [{ text: '😀 this is [PERSON], [PHONE_MASKED]' }, { text: 'hello [PERSON]' }],
    });
    expect(counts).toEqual({ PERSON: 2, PHONE_NUMBER: 1 });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.target).toBe('Comprehend_20171127.DetectPiiEntities');
  });

  test('are masked in the words beside a text, and around what else was found', () => {
    const segments = [
      { text: 'this is Ana Lopez', words: [{ text: 'this' }, { text: 'is' }, { text: 'Ana' }, { text: 'Lopez' }] },
      { text: 'call Ana at 212-555-0142 Lopez' },
    ];
    const entities = new Map<string, Span[]>([
      ['this is Ana Lopez', [{ type: 'PERSON', start: 8, end: 17 }]],
      ['call Ana at 212-555-0142 Lopez', [{ type: 'PERSON', start: 5, end: 30 }]],
    ]);
    const { json } = masker.maskJson(JSON.stringify({ segments }), { entities });
    expect(JSON.parse(json)).toEqual({
      segments: [
        {
          text: 'this is [PERSON]',
          words: [{ text: 'this' }, { text: 'is' }, { text: '[PERSON]' }, { text: '[PERSON]' }],
        },
        // The masker's own finding of the name stays, and so do the other parts of the span that the detector gave.
        { text: 'call [PERSON] [PERSON] [PHONE_MASKED] [PERSON]' },
      ],
    });
  });

  test('texts beyond the size of a request are cut and put together again', async () => {
    const text = `${'word '.repeat(7000)}Ana Lopez`;
    const [spans] = await (await comprehendDetector({ endpoint }))([text]);
    expect(spans).toEqual([{ type: 'PERSON', start: 35_000, end: 35_009 }]);
    expect(requests.length).toBeGreaterThan(1);
  });

  test('a text without a blank is cut between two characters', async () => {
    const text = `${'\ud83d\ude00'.repeat(20_000)}Ana Lopez`;
    const [spans] = await (await comprehendDetector({ endpoint }))([`x${text}`]);
    expect(spans).toEqual([{ type: 'PERSON', start: 40_001, end: 40_010 }]);
    expect(requests.map(({ text: sent }) => sent.length)).toEqual([29_999, 10_011]);
  });

  test('a refusal is an error without the text', async () => {
    answer = { status: 400, type: 'AccessDeniedException' };
    await expect((await comprehendDetector({ endpoint }))(['Ana Lopez'])).rejects.toMatchObject({
      name: 'PiiMaskingFailed',
      status: 400,
      message: expect.not.stringContaining('Ana'),
    });
  });

  test('are asked for only when the options say so', () => {
    expect(needsEntities({})).toBe(false);
    expect(needsEntities({ comprehend: true })).toBe(true);
    expect(needsEntities({ enable: ['MAC_ADDRESS'] })).toBe(false);
  });
});
