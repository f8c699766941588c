/** `docs/webhook/<event>.schema.json`: what a receiver may rely on, from the schemas that the pipeline itself uses. */
import * as z from 'zod';
import { WEBHOOK_EVENTS } from '../../lambdas/shared/delivery/events.ts';

/**
 * The JSON Schema of each event, as text, and the path of its file. None is closed: fields may be added.
 *
 * @example webhookSchemas()[0]?.path // 'docs/webhook/transcript.stored.schema.json'
 */
export function webhookSchemas(): { path: string; text: string }[] {
  return Object.entries(WEBHOOK_EVENTS).map(([type, event]) => {
    const schema = z.toJSONSchema(event, {
      io: 'input',
      override: ({ jsonSchema }) => {
        // The calendar as a regular expression does not help; `format` says the same.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    });
    return {
      path: `docs/webhook/${type}.schema.json`,
      text: `${JSON.stringify({ title: type, ...schema }, null, 2)}\n`,
    };
  });
}
