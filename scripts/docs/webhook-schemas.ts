/** `docs/webhook/<event>.schema.json`: what a receiver may rely on, from the schemas that the pipeline itself uses. */
import * as z from 'zod';
import { WEBHOOK_EVENTS } from '../../lambdas/shared/delivery/events.ts';

/** JSON Schema of each event, as text, by the path of its file. Fields that are added later are no fault: none is closed. */
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
