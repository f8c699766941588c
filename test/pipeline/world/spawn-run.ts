/** Executions in processes of their own, and what they leave in the lake. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { listRuns } from '../../../cli/lake/list-runs.ts';
import { openLake } from '../../../cli/lake/open-lake.ts';
import { verifyLake } from '../../../cli/lake/verification/verify-lake.ts';
import { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import type { OneRun } from './one-run.ts';

const ONE_RUN = fileURLToPath(new URL('one-run.ts', import.meta.url));

export interface Outcome {
  /** Undefined when it was killed. */
  status?: string;
  error?: string;
  events: number;
}

/** Runs an execution in a process of its own; kills it and all its children after so many events. */
export async function spawnRun(run: OneRun, killAfter = Number.POSITIVE_INFINITY): Promise<Outcome> {
  const file = `${run.out}-${run.name}.json`;
  await writeFile(file, JSON.stringify(run));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ONE_RUN, file], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outcome: Outcome = { events: 0 };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('outcome ')) Object.assign(outcome, JSON.parse(line.slice('outcome '.length)));
    if (!line.startsWith('event ')) continue;
    outcome.events += 1;
    // The whole process group: the machine is gone, not just one process of it.
    if (outcome.events === killAfter) process.kill(-(child.pid as number), 'SIGKILL');
  }
  return outcome;
}

/** What readers see: ids of the rows in the parts that manifests list; and what is wrong. */
export async function look(out: string): Promise<{ ids: string[]; problems: unknown[] }> {
  const lake = await openLake(out);
  try {
    const ids: string[] = [];
    for await (const runId of listRuns(lake)) {
      const text = await readFile(join(lake.name, 'runs', runId, 'manifest.json'), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      for (const { key } of Manifest.parse(JSON.parse(text)).parts) {
        const lines = gunzipSync(await readFile(join(lake.name, key)))
          .toString()
          .trim()
          .split('\n');
        ids.push(...lines.map((line) => (JSON.parse(line) as { interactionId: string }).interactionId));
      }
    }
    return { ids: ids.sort(), problems: (await verifyLake(lake)).problems };
  } finally {
    await lake.close();
  }
}
