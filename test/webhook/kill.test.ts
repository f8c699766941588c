/** The real handler in a process of its own, killed at random between a request and its checkpoint. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startSecretsManager } from '../../emulator/stand-ins/secrets-manager.ts';
import { environmentOf } from '../../infra/function-variables.ts';
import { parseStageConfig } from '../../infra/stage-config.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { BUCKET, type DeliveryWorld, startWorld } from './delivery-world.ts';

const SCRIPT = fileURLToPath(new URL('./call-handler.ts', import.meta.url));
const CONCURRENCY = 4;
const RESOURCES = {
  bucketName: BUCKET,
  cxoneSecretId: 'cxone',
  webhookSecretId: 'webhook',
  surrogateSecretId: undefined,
};

function stageWith(webhookUrl: string) {
  const region = 'us-east-1';
  const cxoneBaseUrl = 'https://api.example.com';
  return parseStageConfig({
    stage: 'test',
    region,
    source: 'bulk-job',
    cxoneBaseUrl,
    webhookUrl,
    webhookConcurrency: CONCURRENCY,
  });
}

function startHandler(world: DeliveryWorld, secretsUrl: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, 'run', '0'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ...environmentOf('DeliverTranscripts', stageWith(world.receiver.url), RESOURCES),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_S3: world.s3.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    },
  });
}

/** A fixed sequence of "random" numbers from 0 to 1: a failure can be seen again. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('a handler that is killed at random', () => {
  it.each([1, 2])('loses nothing: every id arrives at least once (sequence %i)', async (seed) => {
    const rows = 150;
    const world = await startWorld({ behaviour: [{ do: { delayMs: 8 } }] });
    const ids = await world.storeBatch('run', 0, rows);
    const secrets = await startSecretsManager({ secrets: { webhook: JSON.stringify(world.secret.value) } });
    const random = lehmer(seed);
    let kills = 0;
    try {
      for (;;) {
        const before = world.receiver.received.length;
        const killAt = before + 1 + Math.floor(random() * 40);
        const child = startHandler(world, secrets.url);
        const exited = once(child, 'exit');
        const watch = setInterval(() => {
          if (kills < 6 && world.receiver.received.length >= killAt) child.kill('SIGKILL');
        }, 1);
        const [code, signal] = await exited;
        clearInterval(watch);
        if (signal === null) {
          expect(code).toBe(0);
          break;
        }
        kills += 1;
      }
    } finally {
      await secrets.close();
    }
    expect(kills).toBeGreaterThan(2);
    expect([...world.receiver.uniqueIds].sort()).toEqual([...ids].sort());
    const saved = JSON.parse((await world.store.readText(keys.delivery('run', 0)))?.text ?? '{}');
    expect(saved).toMatchObject({ delivered: rows, parked: 0 });
    // Sent again: what was under way, and what came in since the last save began (they are 50 ms apart).
    expect(world.receiver.duplicates).toBeLessThan(kills * 60);
  });
});
