import { describe, expect, it } from 'vitest';
import { runCompletedId, transcriptErasedId } from '../../lambdas/shared/delivery/event-id.ts';
import { RunCompleted, TranscriptErased, TranscriptStored } from '../../lambdas/shared/delivery/events.ts';
import { eventIdOf } from '../../lambdas/shared/delivery/transcript-events.ts';
import { type KeptEvent, keptEvents } from '../fixtures/kept-version.ts';
import { withNewFields } from './records.ts';

const events = keptEvents('0.1.0');

/** Each type with its schema, and the id that its event has today. */
const TYPES = {
  'transcript.stored': {
    schema: TranscriptStored,
    idOf: ({ data }: KeptEvent['body']) => eventIdOf(JSON.stringify(data.row)).id,
  },
  'transcript.erased': {
    schema: TranscriptErased,
    idOf: ({ timestamp, data }: KeptEvent['body']) => transcriptErasedId(String(data.interactionId), timestamp),
  },
  'run.completed': { schema: RunCompleted, idOf: ({ data }: KeptEvent['body']) => runCompletedId(String(data.runId)) },
};

describe.each(Object.entries(TYPES))('%s as version 0.1.0 sent it', (type, { schema, idOf }) => {
  const ofType = events.filter(({ body }) => body.type === type);

  it('is valid by the schema of today, whatever was added to it', () => {
    expect(ofType.length).toBeGreaterThan(0);
    for (const { body } of ofType) {
      expect(schema.parse(body)).toEqual(body);
      expect(schema.parse(withNewFields(body, new Set(['counts'])))).toEqual(body);
    }
  });

  it('has the id that it would have today', () => {
    expect(ofType.map(({ body }) => idOf(body))).toEqual(ofType.map(({ id }) => id));
  });
});
