/** First state of a run: the input makes sense, the credentials work, the scopes are there. */

import { parseExecutionInput } from '../shared/contracts/execution-input.ts';
import { AuthenticateInput, AuthenticateOutput } from '../shared/contracts/states.ts';
import { readConfig, VendorConfig } from '../shared/task/config.ts';
import { defineTask, type TaskContext } from '../shared/task/middleware.ts';
import { BulkJobSource } from '../shared/vendor/bulk-job/bulk-job.ts';
import { deadlineAfter, JobTimingConfig } from '../shared/vendor/job-timing.ts';
import { unlessPutOff } from '../shared/vendor/put-off.ts';

const { JOB_DEADLINE_SECONDS } = readConfig(JobTimingConfig);
const source = new BulkJobSource(readConfig(VendorConfig));

export const handler = defineTask({
  input: AuthenticateInput,
  output: AuthenticateOutput,
  async run({ input, startedAt }, task) {
    // Before any call: an input that cannot run must not cost the vendor a request.
    parseExecutionInput(input);
    const deadlineAt = deadlineAfter(Date.parse(startedAt), JOB_DEADLINE_SECONDS);
    return unlessPutOff(() => signIn(task), { deadlineAt }, JOB_DEADLINE_SECONDS);
  },
});

async function signIn(task: TaskContext) {
  const { expiresInSeconds, scopes } = await source.authenticate(task);
  return { again: false as const, tokenExpiresInSeconds: expiresInSeconds, scopes };
}
