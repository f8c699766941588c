import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { samePeople } from '../../../../cli/run/same-people.ts';
import { createTimeline } from '../../../../emulator/stand-ins/cxone/timeline.ts';

const parsed = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

describe('samePeople', () => {
  it('names an event whose window holds the very interactions of the first example', async () => {
    const { interactionIds, mediaTypes } = await parsed('events/manual-interactions.json');
    const command = samePeople('./events/manual-interactions.json', 'bulk-job', ' --out elsewhere') ?? '';
    const named = /run (\S+) --source interaction-analytics --out elsewhere$/.exec(command)?.[1] ?? '';
    const { window, ...others } = await parsed(named);
    // The simulator's own seed.
    const timeline = createTimeline({ seed: '1' });
    const found = [...timeline.byAvailability(Date.parse(window.from), Date.parse(window.to))]
      .filter(({ mediaType }) => mediaTypes.includes(mediaType))
      .map(({ interactionId }) => interactionId);
    expect(others).toEqual({ mediaTypes });
    expect(found).toEqual(interactionIds);
  });

  it.each([
    ['events/window.json', 'bulk-job'],
    ['events/manual-interactions.json', 'interaction-analytics'],
  ] as const)('nothing after %s over %s', (event, source) => {
    expect(samePeople(event, source)).toBeUndefined();
  });
});
