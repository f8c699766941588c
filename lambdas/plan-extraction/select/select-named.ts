/** Interactions that were named: in the input itself, or in a file. */
import { PipelineError } from '../../shared/contracts/errors.ts';
import { type ExecutionInput, jobOptionsOf } from '../../shared/contracts/execution-input.ts';
import { storedAmong, storedDays } from '../../shared/runs/stored-ids.ts';
import { chunks } from '../chunks.ts';
import { readIdFile } from '../id-file/read-id-file.ts';
import type { Planner } from '../planner.ts';
import { hasTime } from '../planning.ts';
import { checkIds } from '../search/check-ids.ts';
import { checkedIds } from '../search/checked-ids.ts';
import { decideNamed, type Knowledge } from './decide-outcome.ts';
import { type Candidate, nothingRead, type Selection } from './selection.ts';

type ListedInput = Extract<ExecutionInput, { interactionIds: string[] }>;
type FileInput = Extract<ExecutionInput, { interactionIdsFrom: string }>;
type Surroundings = Pick<Knowledge, 'claimed' | 'isErased'>;

/** Candidates whose days are looked up together when stored ones are to be skipped. */
const LOOK_UP_AT_ONCE = 50_000;
/** Days that are looked through together: few, so that what is found early ends it. */
const DAYS_AT_ONCE = 7;

/** The interactions that the input names itself. */
export function selectListed(planner: Planner, input: ListedInput, around: Surroundings): Selection {
  const named = input.interactionIds;
  const unique = new Set(named);
  return {
    source: 'interactionIds',
    reference: { repeated: String(named.length - unique.size) },
    options: jobOptionsOf(input),
    candidates: namedCandidates(
      planner,
      checkIds(unique, planner.searchByIds, planner.nowMs, input.around === undefined ? {} : { around: input.around }),
      input.skipStored,
      around,
    ),
    ...nothingRead(),
  };
}

/** The interactions that a file names, once the vendor was asked about them. */
export function selectFromFile(planner: Planner, runId: string, input: FileInput, around: Surroundings): Selection {
  const checked = checkedIds(planner, runId, readIdFile(planner, input.interactionIdsFrom), fileReplaced);
  return {
    source: 'interactionIdsFrom',
    reference: { file: input.interactionIdsFrom },
    options: jobOptionsOf(input),
    candidates: namedCandidates(planner, checked, input.skipStored, around),
    ...nothingRead(),
  };
}

function fileReplaced(): PipelineError {
  return new PipelineError(
    'InputInvalid',
    'Invalid execution input: interactionIdsFrom names a file that was replaced while the run was planned: start it again',
  );
}

async function* namedCandidates(
  planner: Planner,
  checked: AsyncIterable<Candidate>,
  skipStored: boolean,
  around: Surroundings,
): AsyncGenerator<Candidate> {
  // Ids that are named are taken as they are, even if another run has or had them, unless the input says otherwise.
  const nothing = new Set<string>();
  if (!skipStored) {
    for await (const { days, ...named } of checked) {
      // Where there are versions, the batch looks up on the transcript's own day which one the lake holds.
      const candidate = { ...named, ...(days && planner.newVersions === 'never' && { days }) };
      yield* decideNamed([candidate], { stored: nothing, claimed: nothing, isErased: around.isErased });
    }
    return;
  }
  for await (const group of chunks(checked, LOOK_UP_AT_ONCE)) {
    const open = group.filter(({ decided }) => decided === undefined);
    const days = open.flatMap((candidate) => (candidate.days ? [candidate.days.first] : []));
    const wanted = new Set(open.map(({ interactionId }) => interactionId));
    const stored = new Set(await Array.fromAsync(storedAmong(planner.store, days, wanted)));
    const dateless = open.filter((candidate) => candidate.days === undefined).map(({ interactionId }) => interactionId);
    for (const id of await storedOnAnyDay(planner, dateless)) stored.add(id);
    yield* decideNamed(group, { ...around, stored });
  }
}

/**
 * Those of the ids that are stored, whatever their day: a bare id does not say it. Looks through the lake from the latest
 * day back as long as this call has time; what is not found by then goes into a batch, which finds on the transcript's own
 * day that it is stored.
 */
async function storedOnAnyDay(planner: Planner, interactionIds: readonly string[]): Promise<Set<string>> {
  const stored = new Set<string>();
  const wanted = new Set(interactionIds);
  if (wanted.size === 0) return stored;
  for await (const days of chunks(await storedDays(planner.store), DAYS_AT_ONCE)) {
    if (wanted.size === 0 || !hasTime(planner)) break;
    for await (const id of storedAmong(planner.store, days, wanted)) if (wanted.delete(id)) stored.add(id);
  }
  return stored;
}
