/** First state of a run: the input makes sense, the credentials work, the scopes are there. */
import { readConfig, VendorConfig } from '../shared/config.ts';
import { AuthenticateInput, AuthenticateOutput } from '../shared/contracts.ts';
import { BulkJobSource } from '../shared/cxone/bulk-job.ts';
import { honourRetryAfter } from '../shared/cxone/honour-retry-after.ts';
import { parseExecutionInput } from '../shared/execution-input.ts';
import { defineTask } from '../shared/task-middleware.ts';
import { checkScopes } from './check-scopes.ts';

const source = new BulkJobSource(readConfig(VendorConfig));

export const handler = defineTask({
  input: AuthenticateInput,
  output: AuthenticateOutput,
  async run({ input }, task) {
    // Before any call: an input that cannot run must not cost the vendor a request.
    parseExecutionInput(input);
    const token = await honourRetryAfter(task, () => source.authenticate(task.signal));
    return { tokenExpiresInSeconds: token.expiresInSeconds, scopes: checkScopes(token.scopes) };
  },
});
