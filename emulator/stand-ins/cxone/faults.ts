/**
 * Faults that the CXone simulator can be told to show: one list, in code or in a JSON file.
 *
 *     [
 *       { "on": "submit", "times": 3, "do": { "status": 429, "retryAfter": 2 } },
 *       { "on": "poll", "match": { "jobOrdinal": 2 }, "times": "always", "do": { "jobStatus": "stuck" } },
 *       { "on": "download", "match": { "nth": 2 }, "do": { "truncateAt": 500, "cleanClose": true } },
 *       { "on": "download", "match": { "interactionId": "int-7" }, "do": { "badItem": "syntax" } }
 *     ]
 *
 * A fault applies to the calls of its kind that `match` (all of them if left out), from the `nth` on, `times` times in a
 * row (1 by default). The first fault of the list that applies wins; without one the call is answered as usual.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { downloadEffect, pollEffect, searchEffect, submitEffect, tokenEffect } from './bulk-job/effects.ts';
import { completedEffect } from './contacts-completed/effects.ts';
import { contactsEffect, messagesEffect, plainEffect } from './digital-engagement/effects.ts';
import { segmentsEffect, segmentTranscriptEffect } from './interaction-analytics/effects.ts';
import { openIdDiscoveryEffect, signInEffect, tenantDiscoveryEffect } from './sign-in/effects.ts';

const match = z.strictObject({
  /**
   * Submits and jobs that hold this interaction, searches for it or for a window with it; of Interaction Analytics and
   * completed contacts the calls that concern the segment, interaction or ACD contact of this id.
   */
  interactionId: z.string().min(1).optional(),
  /** The nth job that was accepted, from 1. */
  jobOrdinal: z.int().positive().optional(),
  /** From the nth matching call on, counted from 1. */
  nth: z.int().positive().optional(),
});
const common = {
  match: match.optional(),
  times: z.union([z.int().positive(), z.literal('always')]).optional(),
};

/** One fault: the call it befalls (`on`), which of these calls, and what happens then (`do`). */
export const Fault = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('token'), ...common, do: tokenEffect }),
  z.strictObject({ on: z.literal('submit'), ...common, do: submitEffect }),
  z.strictObject({ on: z.literal('poll'), ...common, do: pollEffect }),
  z.strictObject({ on: z.literal('download'), ...common, do: downloadEffect }),
  z.strictObject({ on: z.literal('search'), ...common, do: searchEffect }),
  z.strictObject({ on: z.literal('signIn'), ...common, do: signInEffect }),
  z.strictObject({ on: z.literal('openIdDiscovery'), ...common, do: openIdDiscoveryEffect }),
  z.strictObject({ on: z.literal('tenantDiscovery'), ...common, do: tenantDiscoveryEffect }),
  z.strictObject({ on: z.literal('segments'), ...common, do: segmentsEffect }),
  z.strictObject({ on: z.literal('segmentTranscript'), ...common, do: segmentTranscriptEffect }),
  z.strictObject({ on: z.literal('completed'), ...common, do: completedEffect }),
  z.strictObject({ on: z.literal('contacts'), ...common, do: contactsEffect }),
  z.strictObject({ on: z.literal('contact'), ...common, do: plainEffect }),
  z.strictObject({ on: z.literal('messages'), ...common, do: messagesEffect }),
  z.strictObject({ on: z.literal('message'), ...common, do: plainEffect }),
]);
export type Fault = z.input<typeof Fault>;

export type Call = Fault['on'];
const CALLS: readonly Call[] = Fault.options.map(({ shape }) => shape.on.value);

/** What a fault on this call may do. */
export type Effect<C extends Call> = Extract<Fault, { on: C }>['do'];

/** The faults cannot be used; the message names each field and what it may be. */
export class FaultsInvalid extends Error {
  override readonly name = 'FaultsInvalid';
}

/**
 * The list of faults, checked.
 *
 * @throws FaultsInvalid its message starting with `source`
 * @example parseFaults([{ on: 'token', do: { status: 503 } }]) // the same list
 * @example parseFaults([{ on: 'tokens' }]) // FaultsInvalid: faults: [0].on: … (token, submit, poll, download, search)
 */
export function parseFaults(value: unknown, source = 'faults'): Fault[] {
  const parsed = z.array(Fault).safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const field = issue.path.length === 0 ? 'the list' : z.core.toDotPath(issue.path);
    const isUnknownCall = issue.code === 'invalid_union' && issue.path.at(-1) === 'on';
    return `${field}: ${issue.message}${isUnknownCall ? ` (${CALLS.join(', ')})` : ''}`;
  });
  throw new FaultsInvalid(`${source}: ${lines.join('; ')}`);
}

/**
 * The faults that a JSON file lists.
 *
 * @throws FaultsInvalid if the file cannot be read, is not JSON, or is not a list of faults
 * @example await readFaults('faults.json') // [{ on: 'poll', do: { status: 429, retryAfter: 2 } }]
 */
export async function readFaults(path: string): Promise<Fault[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new FaultsInvalid(`${path}: no such file, or not readable`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FaultsInvalid(`${path}: not JSON; expected a list of faults`);
  }
  return parseFaults(value, path);
}

export interface CallFacts {
  jobOrdinal?: number | undefined;
  hasInteraction?: (interactionId: string) => boolean;
}

/** Counts calls and hands out the fault that applies. */
export class FaultBook {
  #entries: { fault: Fault; seen: number; used: number }[] = [];

  constructor(faults: readonly Fault[]) {
    this.replace(faults);
  }

  replace(faults: readonly Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, seen: 0, used: 0 }));
  }

  /** The fault for this call, if any; counts the call. */
  take<C extends Call>(on: C, facts: CallFacts = {}): Extract<Fault, { on: C }> | undefined {
    let taken: Fault | undefined;
    for (const entry of this.#entries) {
      if (entry.fault.on !== on || !matches(entry.fault, facts)) continue;
      entry.seen += 1;
      const { times = 1, match: { nth = 1 } = {} } = entry.fault;
      if (taken !== undefined || entry.seen < nth || (times !== 'always' && entry.used >= times)) continue;
      entry.used += 1;
      taken = entry.fault;
    }
    return taken as Extract<Fault, { on: C }> | undefined;
  }
}

function matches({ match: wanted = {} }: Fault, { jobOrdinal, hasInteraction }: CallFacts): boolean {
  if (wanted.jobOrdinal !== undefined && wanted.jobOrdinal !== jobOrdinal) return false;
  return wanted.interactionId === undefined || hasInteraction?.(wanted.interactionId) === true;
}
