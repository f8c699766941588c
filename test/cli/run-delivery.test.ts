/** What a run on this machine says of its deliveries, and how long it waits for them. */
import { describe, expect, it } from 'vitest';
import { serve } from '../serve.ts';
import { eventFile } from './event-file.ts';
import { scratch, transcripts } from './transcripts.ts';

/** What is waited for here is the simulator's to decide. */
const FAST = ['--speed', '50'];

describe('the deliveries of a run', () => {
  it('says so when the webhook takes nothing, and how to go on', async () => {
    const out = await scratch();
    const webhook = await serve((_request, response) => response.writeHead(400).end());
    const { code, stdout } = await transcripts([
      'run',
      await eventFile(out, ['int-1', 'int-2']),
      '--out',
      out,
      '--webhook-url',
      webhook.url,
      ...FAST,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 not delivered');
    expect(stdout).toContain('redeliver local-');
  });

  it.each([
    ['waits for a webhook that takes some and asks for a second for the others', [], '(--no-wait leaves)'],
    ['says with --no-wait that it leaves', ['--no-wait'], 'is left to redeliver'],
  ])('%s', async (_name, flags, words) => {
    const out = await scratch();
    const seen = new Set<unknown>();
    const webhook = await serve(({ headers }, response) => {
      const id = headers['webhook-id'];
      const isNew = !seen.has(id);
      seen.add(id);
      response.writeHead(isNew && seen.size % 2 === 0 ? 503 : 204, { 'retry-after': '1' }).end();
    });
    const event = await eventFile(out, ['int-1', 'int-2', 'int-3', 'int-4']);
    const { code, stdout, stderr } = await transcripts([
      ...['run', event, '--out', out, '--webhook-url', webhook.url, '--json', ...FAST],
      ...flags,
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ stored: 4, delivered: 4, pending: 0, parked: 0 });
    expect(stderr).toContain(words);
  });
});
