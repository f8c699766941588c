import * as z from 'zod';

/** A state whose work the vendor has put off: it is entered again after `waitSeconds`, until `deadlineAt`. */
export const PutOff = z.strictObject({
  again: z.literal(true),
  waitSeconds: z.int().positive(),
  deadlineAt: z.iso.datetime(),
});
export type PutOff = z.infer<typeof PutOff>;
