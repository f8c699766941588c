/** Walks through the list of what was first annotated in a span, whatever its cursor does. */
import { isPipelineError, PipelineError } from '../../contracts/errors.ts';
import { type ListSegments, PAGE_SIZE, type SegmentPage, type SegmentQuery } from './segment-page.ts';
import { siftMillisecond } from './sift-millisecond.ts';
import { behind, type Crowd, cursorOf, nextStep, type Position, START, type Step } from './walk.ts';

/** What to walk through. */
export interface Walk {
  list: ListSegments;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  /** Asked before each page but the first, with the pages so far: a walk that takes longer is given up. */
  isTooLong(pages: number): boolean;
}

/**
 * How many pages it took; each is handed to `keep`, and together they hold every row of the span, some more than once, and
 * rows from just outside it.
 *
 * @returns undefined when the walk was given up, also because the vendor walks no further: a shorter one may be walked
 * @throws PipelineError `ContractViolation` when the walk cannot see everything; what `list` throws
 * @example await walkSegments({ list, fromMs, toMs, isTooLong: () => false }, ({ rows }) => all.push(...rows)) // 2
 */
export async function walkSegments(
  { list, fromMs, toMs, isTooLong }: Walk,
  keep: (page: SegmentPage) => void,
): Promise<number | undefined> {
  const media = new Set<string>();
  let pages = 0;
  const ask = async (query: SegmentQuery): Promise<SegmentPage> => {
    pages += 1;
    const page = await list(query);
    for (const { medium } of page.rows) if (medium !== undefined) media.add(medium);
    keep(page);
    return page;
  };

  let position = START;
  for (;;) {
    if (pages > 0 && isTooLong(pages)) return undefined;
    let step: Step;
    try {
      const page = await ask({ fromMs, toMs, cursorMs: cursorOf(position), pageSize: position.pageSize });
      step = nextStep(position, page, toMs);
    } catch (error) {
      if (!isRefused(error) || position.atMs === undefined) throw error;
      const crowd = crowdOf(position);
      if (crowd === undefined) return giveUp(fromMs, toMs, error);
      step = { kind: 'sift', crowd };
    }
    if (step.kind === 'end') return pages;
    if (step.kind === 'sift') {
      await siftMillisecond(ask, step.crowd, media);
      position = behind(position, step.crowd.atMs);
    } else {
      position = step.position;
    }
  }
}

/** A result has 400,000 rows at most, or a page fewer than were asked for: the vendor says so with a 400 in mid-walk. */
function isRefused(error: unknown): error is PipelineError {
  return isPipelineError(error, 'VendorRejected') && error.status === 400;
}

/** What a refusal of a larger page leaves; undefined where the page was of the usual size. */
function crowdOf({ atMs, pageSize, fullPage }: Position): Crowd | undefined {
  if (atMs === undefined || pageSize === PAGE_SIZE) return undefined;
  return { atMs, pageSize: PAGE_SIZE, rows: fullPage ?? PAGE_SIZE, isCertain: fullPage !== undefined };
}

function giveUp(fromMs: number, toMs: number, { status = 400 }: PipelineError): undefined {
  if (toMs - fromMs > 1) return undefined;
  const at = new Date(fromMs).toISOString();
  throw new PipelineError(
    'VendorRejected',
    `CXone does not list all segments of ${at}: it ends the walk (status 400)`,
    {
      status,
    },
  );
}
