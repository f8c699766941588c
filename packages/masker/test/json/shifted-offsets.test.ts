import { describe, expect, test } from 'vitest';
import { maskJson, maskTranscript } from '../masker.ts';

describe('offsets into a text', () => {
  const record = {
    transcriptBlocks: [
      { blockId: 'a', offset: 0, length: 23, text: 'my number 212-555-0142!' },
      { blockId: 'b', offset: 24, length: 6, text: 'thanks' },
    ],
    annotations: [{ type: 'greeting', value: 'thanks', offset: 24, displayText: 'thanks' }],
  };

  test('move along with the masks and are counted', () => {
    const { json, shiftedOffsets } = maskJson(JSON.stringify(record));
    const expected = {
      transcriptBlocks: [
        { blockId: 'a', offset: 0, length: 25, text: 'my number [PHONE_MASKED]!' },
        { blockId: 'b', offset: 26, length: 6, text: 'thanks' },
      ],
      annotations: [{ type: 'greeting', value: 'thanks', offset: 26, displayText: 'thanks' }],
    };
    expect(JSON.parse(json)).toEqual(expected);
    expect(shiftedOffsets).toBe(3);
    expect(maskTranscript(record).value).toEqual(expected);
  });

  test('stay when they measure something else', () => {
    const timed = {
      segments: [
        { offset: 1200, text: 'my number 212-555-0142' },
        { offset: 4800, text: 'thanks' },
      ],
    };
    const { json, shiftedOffsets } = maskJson(JSON.stringify(timed));
    expect(JSON.parse(json)).toEqual({
      segments: [
        { offset: 1200, text: 'my number [PHONE_MASKED]' },
        { offset: 4800, text: 'thanks' },
      ],
    });
    expect(shiftedOffsets).toBe(0);
  });
});
