/** The vendor's answers. Fields that we do not use are dropped; those that we use must be of the expected form. */
import * as z from 'zod';
import { InteractionId } from '../../contracts/ids.ts';

/** Job ids go into URLs, encoded where they are used: any characters but those that no encoding keeps apart from a path. */
const JobId = z
  .string()
  .min(1)
  .max(256)
  .refine((id) => id.isWellFormed() && id !== '.' && id !== '..', 'must be able to stand in a path');

/** What a submitted job is known by. Its status is not read: the first poll asks for it. */
export const SubmitResponse = z.object({ jobId: JobId, status: z.string().max(64).optional() });

/** `progress` is not read: it goes backwards and over 100, so nothing may hang on it. */
export const JobResponse = z.object({
  jobId: JobId.optional(),
  status: z.string().min(1).max(64),
  resultUrl: z.string().min(1).max(8192).nullish(),
});

/** The frame of a search's answer. Its rows are read one by one: a bad one must not cost the others. */
export const SearchFrame = z.object({
  interactions: z.array(z.unknown()),
  nextCursor: z.string().min(1).max(4096).nullish(),
});

/** A vendor that counts from year 0, or fills a gap with year 9999, has no date of the interaction. */
const PLAUSIBLE = { fromMs: Date.parse('2000-01-01T00:00:00Z'), toMs: Date.parse('3000-01-01T00:00:00Z') };

const plausibleTime = z.iso
  .datetime({ offset: true })
  .refine((time) => Date.parse(time) >= PLAUSIBLE.fromMs && Date.parse(time) < PLAUSIBLE.toMs, 'must be plausible');

/** One interaction of a search's answer. `availableAt` is when its transcript is there, where the vendor says so. */
export const SearchRow = z.object({
  interactionId: InteractionId,
  startTime: plausibleTime,
  availableAt: plausibleTime.nullish(),
});
