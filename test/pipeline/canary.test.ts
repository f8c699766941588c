/** Nothing that must stay inside comes out: not in state, logs, files, deliveries or object keys. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { randomSigningKey } from '../../emulator/sandbox/start-sandbox.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const MEDIA_TYPES = ['voice', 'chat', 'email', 'sms', 'social'] as const;
const WEBHOOK_SECRET = randomSigningKey();
const CLIENT_SECRET = 'canary-secret-5b1fd0c2';

const pipeline = usePipeline({
  vendor: { simulator: { clientSecret: CLIENT_SECRET, seed: 'canary' } },
  receiver: { secret: WEBHOOK_SECRET },
  webhookSecret: WEBHOOK_SECRET,
});

/** Every file below a directory, gunzipped, with its path in front. */
async function everythingBelow(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const bytes = await readFile(path);
        return `${path}\n${(path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')}`;
      }),
  );
  return texts.join('\n');
}

describe('a run over 150 interactions, with faults', () => {
  it('lets no token, secret or personal value out', async () => {
    const ids = freshIds(150);
    pipeline.simulator.setFaults([
      { on: 'token', times: 1, do: { status: 503, body: CLIENT_SECRET } },
      { on: 'poll', times: 1, do: { status: 401 } },
      {
        on: 'poll',
        match: { nth: 3 },
        times: 1,
        do: { jobStatus: 'failed', errors: ['415-555-0132 ann@example.com'] },
      },
      { on: 'download', times: 1, do: { truncateAt: 5_000 } },
    ]);
    const result = await pipeline.run(eventFor(ids, { mediaTypes: MEDIA_TYPES, batchSize: 50 }));
    expect(result.status).toBe('SUCCEEDED');

    const places = {
      'state and logs': JSON.stringify(result.history),
      files: await everythingBelow(pipeline.out),
      'the result': JSON.stringify(result),
    };
    const secrets = [
      ...pipeline.simulator.issuedTokens,
      CLIENT_SECRET,
      Buffer.from(`${pipeline.simulator.clientId}:${CLIENT_SECRET}`).toString('base64'),
      WEBHOOK_SECRET,
      WEBHOOK_SECRET.slice('whsec_'.length),
      'Bearer ',
      'ann@example.com',
      '/result?',
    ];
    const planted = ids.flatMap((id) => pipeline.simulator.plantedValues(id, MEDIA_TYPES));
    expect(planted.length).toBeGreaterThan(100);
    const leaks: string[] = [];
    for (const [place, text] of Object.entries(places)) {
      expect(text.length).toBeGreaterThan(1_000);
      for (const secret of secrets) if (text.includes(secret)) leaks.push(`${place}: ${secret}`);
      for (const { type, form, leaks: substrings } of planted) {
        for (const value of substrings) if (text.includes(value)) leaks.push(`${place}: ${type} ${form} ${value}`);
      }
    }
    expect(leaks).toEqual([]);
  });
});
