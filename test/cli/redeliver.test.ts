import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLake } from '../../cli/lake/open-lake.ts';
import { startWebhookReceiver } from '../../emulator/stand-ins/webhook-receiver.ts';
import { storeBatch } from '../webhook/delivery-world.ts';
import { scratch, transcripts } from './transcripts.ts';

/** A directory of `run --out` in which nothing of a run is delivered yet. */
async function undelivered(runId: string, rows: number): Promise<string> {
  const out = await scratch();
  await mkdir(join(out, 'data-lake'));
  const lake = await openLake(out);
  await storeBatch(lake.store, runId, 0, rows);
  await lake.close();
  return out;
}

describe('redeliver', () => {
  it('sends what is not delivered, lists what is refused, and sends that again when asked', async () => {
    const out = await undelivered('run-1', 3);
    const receiver = await startWebhookReceiver({ behaviour: [{ from: 2, to: 2, do: { status: 400 } }] });
    onTestFinished(() => receiver.close());
    const to = ['--out', out, '--webhook-url', receiver.url];

    const dry = await transcripts(['redeliver', 'run-1', '--dry-run', '--out', out]);
    expect(dry).toMatchObject({ code: 0, stdout: '3 transcripts would be sent; 0 of 3 delivered in all\n' });
    expect(receiver.requests).toEqual([]);

    const first = await transcripts(['redeliver', 'run-1', '--only', 'parked', ...to]);
    expect(first.code).toBe(1);
    const parked = '1 parked: it answers 400; runs/run-1/parked.jsonl lists them';
    expect(first.stdout).toBe(`run-1: 2 sent now; 2 of 3 delivered in all; ${parked}\n`);

    const nobody = ['--out', out, '--webhook-url', 'http://127.0.0.1:9/'];
    const down = await transcripts(['redeliver', 'run-1', '--only', 'parked', ...nobody]);
    expect(down.stdout).toContain(
      'run-1: 0 sent now; 2 of 3 delivered in all; 1 still to be sent: the connection is refused\n',
    );

    const left = await transcripts(['redeliver', 'run-1', '--only', 'parked', '--dry-run', '--json', '--out', out]);
    expect(JSON.parse(left.stdout)).toMatchObject({ dryRun: true, transcripts: 1, events: 0, delivered: 2, rows: 3 });

    const second = await transcripts(['redeliver', 'run-1', '--only', 'parked', '--json', ...to]);
    expect(second.code).toBe(0);
    const all = { sent: 1, delivered: 3, rows: 3, parked: 0, pending: 0 };
    expect(JSON.parse(second.stdout)).toMatchObject({ status: 'SUCCEEDED', only: 'parked', ...all });
    expect(receiver.uniqueIds.size).toBe(3);
    expect(receiver.duplicates).toBe(0);
    const audits = await readdir(join(out, 'data-lake', 'audit'), { recursive: true });
    expect(audits.filter((file) => file.includes('redelivery-'))).toHaveLength(2);
  });

  it('waits for a webhook that takes some and asks for time for the others', async () => {
    const out = await undelivered('run-1', 12);
    const slow = [3, 6, 9, 12].map((nth) => ({ from: nth, to: nth, do: { status: 503, retryAfter: 1 } }));
    const receiver = await startWebhookReceiver({ behaviour: slow });
    onTestFinished(() => receiver.close());
    const { code, stdout } = await transcripts(['redeliver', 'run-1', '--out', out, '--webhook-url', receiver.url]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'run-1: 12 sent now; 12 of 12 delivered in all\n' });
    expect(receiver.duplicates).toBe(0);
  });

  it('leaves a webhook alone that does not answer, and exits 1', async () => {
    const out = await undelivered('run-1', 1);
    const nobody = ['--out', out, '--webhook-url', 'http://127.0.0.1:9/'];
    const { code, stdout } = await transcripts(['redeliver', 'run-1', ...nobody]);
    expect(code).toBe(1);
    expect(stdout).toContain('0 sent now; 0 of 1 delivered in all; 1 still to be sent: the connection is refused');
    expect(stdout).toContain('try again later');
  });

  it.each([
    ['a run that does not exist', ['redeliver', 'no-such-run'], 'There is no run no-such-run'],
    ['an id that is none', ['redeliver', '../x'], 'must be the id of a run'],
    ['a word that --only does not know', ['redeliver', 'run-1', '--only', 'some'], 'parked, all'],
    ['no run at all', ['redeliver'], "missing required argument 'run'"],
  ])('%s is bad usage', async (_name, args, words) => {
    const out = await undelivered('run-1', 1);
    const { code, stderr } = await transcripts([...args, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
