import { BULK_MEDIA_TYPES, type BulkMediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import { preferred } from './generator/media.ts';
import { createRandom } from './generator/random.ts';

/** An interaction that the vendor knows. Times are ms since the epoch. */
export interface CatalogueEntry {
  interactionId: string;
  mediaType: BulkMediaType;
  startMs: number;
  /** When its transcript can first be found and extracted. */
  availableMs: number;
}

/** An entry with its number. */
export interface TimelineEntry extends CatalogueEntry {
  slot: number;
}

export interface TimelineOptions {
  seed: string;
  /** Limits what is known to `count` interactions spread evenly over `from` to `to` (ISO times). */
  interactions?: { count: number; from: string; to: string };
  /** Without `interactions`: how many start each day, for ever. 200 by default. */
  interactionsPerDay?: number;
  /** From the start of an interaction to its transcript; 600 by default. */
  availableAfterSeconds?: number;
  /** This share comes later still by one of `lateBySeconds`; 0.02 and 6 hours by default. */
  lateShare?: number;
  lateBySeconds?: number | readonly number[];
  /** `count` interactions of the timeline, from the `first`th on (0 is the first), come at one millisecond. */
  sameMoment?: { first: number; count: number };
}

/** Interactions one after another, one an interval; each is worked out from its number when it is asked for. */
export interface Timeline {
  /** How many there are; without a limit, infinity. */
  readonly count: number;
  entry(slot: number): TimelineEntry;
  /** The number that the id holds; undefined for an id that is not of the timeline. */
  slotOf(interactionId: string): number | undefined;
  /** The first number whose interaction starts at or after the time, or a little before it. */
  slotAt(startMs: number): number;
  /** The first number whose interaction starts at or after the time for sure. */
  slotBehind(startMs: number): number;
  /** Entries with `fromMs <= availableMs < toMs`, by that time; those of one time by their number. */
  byAvailability(fromMs: number, toMs: number, order?: Order): Iterable<TimelineEntry>;
  /** Entries with `fromMs <= startMs < toMs`, by that time. */
  byStart(fromMs: number, toMs: number, order?: Order): Iterable<TimelineEntry>;
}

export type Order = 'asc' | 'desc';

const DAY_MS = 86_400_000;

/**
 * @throws RangeError for `interactions` that no time can hold
 * @example createTimeline({ seed: '1', interactions: { count: 2, from, to } }).entry(0).interactionId // 'int-000000000-4be19a'
 */
export function createTimeline(options: TimelineOptions): Timeline {
  const { seed } = options;
  const { originMs, intervalMs, count } = spacingOf(options);
  const afterMs = (options.availableAfterSeconds ?? 600) * 1_000;
  const late = [options.lateBySeconds ?? 21_600].flat().map((seconds) => afterMs + seconds * 1_000);
  /** From the start of an interaction to its transcript: the usual time first. */
  const delays = [afterMs, ...late];
  const moment = options.sameMoment;
  const momentEnd = moment === undefined ? 0 : Math.min(count, moment.first + moment.count);

  const startOf = (slot: number, share: number) => originMs + Math.floor((slot + share) * intervalMs);
  const isInMoment = (slot: number) => moment !== undefined && slot >= moment.first && slot < momentEnd;
  const momentMs = momentEnd === 0 ? 0 : startOf(momentEnd - 1, createRandomOf(seed, momentEnd - 1).share) + afterMs;

  /** The entry, and which of the delays its transcript took. */
  const read = (slot: number): { entry: TimelineEntry; delay: number } => {
    const { random, interactionId, share } = createRandomOf(seed, slot);
    const startMs = startOf(slot, share);
    const isLate = random.chance(options.lateShare ?? 0.02);
    const wanted = isLate ? (late.length === 1 ? 1 : random.int(1, late.length)) : 0;
    const delay = isInMoment(slot) ? 0 : wanted;
    const availableMs = isInMoment(slot) ? momentMs : startMs + (delays[delay] ?? afterMs);
    return {
      entry: { slot, interactionId, mediaType: preferred(random, BULK_MEDIA_TYPES), startMs, availableMs },
      delay,
    };
  };

  const clamp = (slot: number) => Math.min(count, Math.max(0, slot));
  const slotAt = (startMs: number) => clamp(Math.floor((startMs - originMs) / intervalMs));
  const slotBehind = (startMs: number) => clamp(Math.ceil((startMs - originMs) / intervalMs));

  /** The entries with one delay: their availability ascends with their number, that of the moment stands still. */
  function* withDelay(delay: number, fromMs: number, toMs: number, order: Order): Generator<TimelineEntry> {
    const delayMs = delays[delay] ?? afterMs;
    let first = slotAt(fromMs - delayMs);
    if (delay === 0 && isInMoment(first) && fromMs <= momentMs) first = moment?.first ?? first;
    const end = slotBehind(toMs - delayMs);
    for (const slot of slots(first, end, order)) {
      const found = read(slot);
      const { availableMs } = found.entry;
      if (found.delay === delay && availableMs >= fromMs && availableMs < toMs) yield found.entry;
    }
  }

  return {
    count,
    entry: (slot) => read(slot).entry,
    slotOf(interactionId) {
      const digits = /^int-([0-9a-z]{9})-[0-9a-f]{6}$/.exec(interactionId)?.[1];
      const slot = digits === undefined ? count : Number.parseInt(digits, 36);
      return slot < count && createRandomOf(seed, slot).interactionId === interactionId ? slot : undefined;
    },
    slotAt,
    slotBehind,
    byAvailability: (fromMs, toMs, order = 'asc') =>
      merged(
        delays.map((_, delay) => withDelay(delay, fromMs, toMs, order)),
        order,
      ),
    *byStart(fromMs, toMs, order = 'asc') {
      for (const slot of slots(slotAt(fromMs), slotBehind(toMs), order)) {
        const { entry } = read(slot);
        if (entry.startMs >= fromMs && entry.startMs < toMs) yield entry;
      }
    },
  };
}

/** The choices of a number: its id and its place in its interval are the first of them. */
function createRandomOf(seed: string, slot: number) {
  const random = createRandom(`${seed}:slot:${slot}`);
  const interactionId = `int-${slot.toString(36).padStart(9, '0')}-${random.hex(6)}`;
  return { random, interactionId, share: random.next() };
}

function* slots(first: number, end: number, order: Order): Generator<number> {
  if (order === 'asc') for (let slot = first; slot < end; slot++) yield slot;
  else for (let slot = end - 1; slot >= first; slot--) yield slot;
}

function* merged(streams: Iterator<TimelineEntry>[], order: Order): Generator<TimelineEntry> {
  const heads = streams.map((stream) => ({ stream, entry: nextOf(stream) }));
  const sign = order === 'asc' ? 1 : -1;
  for (;;) {
    let first: { stream: Iterator<TimelineEntry>; entry: TimelineEntry } | undefined;
    for (const { stream, entry } of heads) {
      if (entry === undefined) continue;
      if (first === undefined || sign * compare(entry, first.entry) < 0) first = { stream, entry };
    }
    if (first === undefined) return;
    yield first.entry;
    for (const head of heads) if (head.stream === first.stream) head.entry = nextOf(head.stream);
  }
}

function nextOf(stream: Iterator<TimelineEntry>): TimelineEntry | undefined {
  const next = stream.next();
  return next.done === true ? undefined : next.value;
}

const compare = (a: TimelineEntry, b: TimelineEntry): number => a.availableMs - b.availableMs || a.slot - b.slot;

function spacingOf({ interactions, interactionsPerDay = 200 }: TimelineOptions) {
  if (interactions === undefined) {
    return { originMs: 0, intervalMs: DAY_MS / interactionsPerDay, count: Number.POSITIVE_INFINITY };
  }
  const originMs = Date.parse(interactions.from);
  const spanMs = Date.parse(interactions.to) - originMs;
  if (!(spanMs > 0) || !(interactions.count >= 0)) {
    throw new RangeError('interactions must have a count of 0 or more and a "from" before its "to"');
  }
  return { originMs, intervalMs: spanMs / Math.max(1, interactions.count), count: interactions.count };
}
