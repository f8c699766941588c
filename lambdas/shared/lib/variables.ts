/** zod: values of environment variables, which are always text. */
import * as z from 'zod';

/** A variable with JSON in it: `'["10.0.0.0/8"]'` -> `['10.0.0.0/8']`. */
export const jsonVariable = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** A variable with a whole number in a range: `'25'` -> 25. An empty text is none: `Number('')` would be 0. */
export const integerVariable = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum));
