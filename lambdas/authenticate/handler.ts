/** First state of a run: the input makes sense, the credentials work, the scopes are there. */

import { parseExecutionInput } from '../shared/contracts/execution-input.ts';
import { AuthenticateInput, AuthenticateOutput } from '../shared/contracts/states/authenticate.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask, type TaskContext } from '../shared/task/middleware.ts';
import { createSource } from '../shared/vendor/create-source.ts';
import { deadlineAfter } from '../shared/vendor/job-timing.ts';
import { unlessPutOff } from '../shared/vendor/put-off.ts';

const config = readConfig(TASK_CONFIG.Authenticate);
const source = createSource(config);

/** The state Authenticate. */
export const handler = defineTask({
  input: AuthenticateInput,
  output: AuthenticateOutput,
  async run({ input, startedAt }, task) {
    // Before any call: an input that cannot run must not cost the vendor a request.
    parseExecutionInput(input);
    const deadlineAt = deadlineAfter(Date.parse(startedAt), config.JOB_DEADLINE_SECONDS);
    return unlessPutOff(() => signIn(task), { deadlineAt }, config.JOB_DEADLINE_SECONDS);
  },
});

async function signIn(task: TaskContext) {
  const { expiresInSeconds, ...reached } = await source.authenticate(task);
  return { again: false as const, tokenExpiresInSeconds: expiresInSeconds, ...reached };
}
