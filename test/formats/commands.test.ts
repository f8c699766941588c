import { describe, expect, it, onTestFinished } from 'vitest';
import { startWebhookReceiver } from '../../emulator/stand-ins/webhook-receiver.ts';
import { scratch, transcripts } from '../cli/transcripts.ts';
import { keptObjects, putObjects } from '../fixtures/kept-version.ts';
import { look } from '../pipeline/world/spawn-run.ts';

const ERASED = 'int-000000005-78f9eb';

describe('over a lake of 0.1.0', () => {
  it('verify, status, show, erase and redeliver do what they do', async () => {
    const out = await scratch();
    await putObjects(out, keptObjects('0.1.0'));
    const command = async (...args: string[]) => {
      const { code, stdout } = await transcripts(args);
      return { code, facts: JSON.parse(stdout) as unknown };
    };
    const [verified, status, shown] = await Promise.all([
      command('verify', out, '--json'),
      command('status', 'daily-1', '--json', '--out', out),
      command('show', 'daily-1', '--limit', '1', '--out', out),
    ]);
    expect(verified).toMatchObject({ code: 0, facts: { runs: 3, openRuns: ['stopped'], rows: 28, problems: [] } });
    const known = { state: 'incomplete', rows: 26, delivered: 24, parked: 2, counts: { stored: 27, notReady: 1 } };
    expect(status).toMatchObject({ code: 0, facts: known });
    expect(shown).toMatchObject({ code: 0, facts: { masked: true, runId: 'daily-1' } });

    const erased = await command('erase', '--interaction', ERASED, '--no-notify', '--yes', '--json', '--out', out);
    const facts = { rows: { [ERASED]: 1 }, runs: ['daily-1'], compacted: ['2026-10-01'], leftAlone: [] };
    expect(erased).toMatchObject({ code: 0, facts });

    const receiver = await startWebhookReceiver({ keepBodies: true });
    onTestFinished(() => receiver.close());
    const to = ['--webhook-url', receiver.url, '--json', '--out', out];
    const sent = await command('redeliver', 'daily-1', '--only', 'parked', ...to);
    expect(sent).toMatchObject({ code: 0, facts: { sent: 2, delivered: 25, rows: 25, parked: 0, pending: 0 } });
    const types = receiver.received.map(({ body }) => (body as { type: string }).type).sort();
    expect(types).toEqual(['transcript.erased', 'transcript.stored', 'transcript.stored']);
    expect((await look(out)).problems).toEqual([]);
  });
});
