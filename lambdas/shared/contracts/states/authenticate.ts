/** What the state Authenticate takes, and what it returns. */
import * as z from 'zod';
import { RunId } from '../ids.ts';
import { PutOff } from '../put-off.ts';

/** The execution's input is not checked here: the state parses it itself, so that faults are `InputInvalid`. */
export const AuthenticateInput = z.object({ runId: RunId, startedAt: z.iso.datetime(), input: z.unknown() });

/** Facts about the token, never the token. */
export const AuthenticateOutput = z.union([
  z.strictObject({
    again: z.literal(false),
    tokenExpiresInSeconds: z.int().positive(),
    scopes: z.array(z.string().max(128)).max(32),
    /** Whom the credentials have reached, as far as the vendor says it. */
    tenant: z
      .strictObject({
        id: z.string().max(128).optional(),
        area: z.string().max(32).optional(),
        issuer: z.string().max(300).optional(),
      })
      .optional(),
  }),
  PutOff,
]);
