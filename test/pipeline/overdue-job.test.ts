import { expect, it } from 'vitest';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline();

it('a job that is stuck past its deadline is given up, and the run is red', async () => {
  const { LocalEngine } = await import('../../emulator/engine/run-execution.ts');
  const engine = new LocalEngine({
    assembly: pipeline.assembly,
    overridesEnv: { ...pipeline.environment, JOB_DEADLINE_SECONDS: '1' },
    waitScale: 0.02,
  });
  pipeline.simulator.setFaults([{ on: 'poll', times: 'always', do: { jobStatus: 'stuck' } }]);
  const result = await engine.run({
    input: eventFor(freshIds(2)) as never,
    stateMachine: pipeline.extraction,
    record: 'all',
  });
  await engine.close();
  expect(result).toMatchObject({ status: 'FAILED', error: 'ExtractionIncomplete' });
  expect(JSON.stringify(result.history)).toContain('TranscriptJobTimedOut');
  expect(await pipeline.rows(result.name)).toEqual([]);
});
