/** `node call-handler.ts RUN BATCH`: calls the handler as the state machine does, until it is not to be called again. */
import type { Context } from 'aws-lambda';
import { handler } from '../../lambdas/deliver-transcripts/handler.ts';

const [runId = '', batch = ''] = process.argv.slice(2);
const context = {
  functionName: 'deliver-transcripts',
  memoryLimitInMB: '1024',
  awsRequestId: 'test',
  getRemainingTimeInMillis: () => 60_000,
} as Context;

for (let attempt = 0, again = true; again; attempt += 1) {
  again = (await handler({ runId, batch: Number(batch), attempt }, context)).again;
}
// Open connections of the handler would keep the process alive, as they do in Lambda.
process.exit(0);
