import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch, transcripts } from './transcripts.ts';

it('takes the transcripts of the source that is named, as plan says', async () => {
  const out = await scratch();
  const event = join(out, 'window.json');
  await writeFile(event, '{"window":{"from":"2026-11-20T00:00:00Z","to":"2026-11-20T01:00:00Z"}}');
  const args = [event, '--out', out, '--source', 'interaction-analytics', '--json'];
  const planned = await transcripts(['plan', ...args]);
  const ran = await transcripts(['run', ...args, '--speed', '50']);
  const [{ source, estimate }, report] = [JSON.parse(planned.stdout), JSON.parse(ran.stdout)];
  expect(source).toBe('interaction-analytics');
  expect(report).toMatchObject({
    source,
    status: 'SUCCEEDED',
    counts: { requested: estimate.toExtract, stored: estimate.toExtract, delivered: estimate.toExtract },
    stateTransitions: estimate.stateTransitions,
  });
  expect(estimate.toExtract).toBeGreaterThan(3);
  expect(ran.stderr).toContain('fetching transcripts, one by one');
});
