/** Calls that come word by word: each digit in a block of its own, and nothing of what was said leaks. */
import { expect, it } from 'vitest';
import { usePipeline } from '../world/pipeline.ts';

const NOW_MS = Date.parse('2026-10-04T03:00:00Z');
const WINDOW = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };

const pipeline = usePipeline({
  source: 'interaction-analytics',
  vendor: {
    simulator: {
      interactions: { count: 120, from: WINDOW.from, to: WINDOW.to },
      availableAfterSeconds: 0,
      now: () => NOW_MS,
    },
  },
});

interface Block {
  text: string;
  voiceMetadata?: object;
}

it('masks what is said over the words, and stores every word', async () => {
  const result = await pipeline.run({ window: WINDOW, wordLevel: true }, { name: 'words' });
  expect([result.status, result.error, result.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  const rows = await pipeline.rows('words');
  const calls = rows
    .map(({ interactionId, transcript }) => ({
      interactionId,
      blocks: (transcript as unknown as { transcriptBlocks: Block[] }).transcriptBlocks,
    }))
    .filter(({ blocks }) => blocks.some(({ voiceMetadata }) => voiceMetadata !== undefined));
  expect(calls.length).toBeGreaterThan(10);
  const leaked = calls.flatMap(({ interactionId, blocks }) => {
    expect(blocks.filter(({ text }) => /\s/.test(text))).toEqual([]);
    const said = blocks.map(({ text }) => text).join(' ');
    const planted = pipeline.simulator.plantedInSegment(interactionId);
    expect(planted.length).toBeGreaterThan(0);
    return planted.flatMap(({ leaks }) => leaks).filter((value) => said.includes(value));
  });
  expect(leaked).toEqual([]);
  const stored = JSON.stringify(rows);
  const planted = rows.flatMap(({ interactionId }) => pipeline.simulator.plantedInSegment(interactionId));
  expect(planted.flatMap(({ leaks }) => leaks).filter((value) => stored.includes(value))).toEqual([]);
});
