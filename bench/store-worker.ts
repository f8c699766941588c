/** A process like a function's: runs the store step once, and says how much memory it took at most. */
import { handler } from '../lambdas/store-transcripts/handler.ts';

const input: unknown = JSON.parse(process.env.BENCH_INPUT ?? 'null');
const startedAt = performance.now();
const context = { getRemainingTimeInMillis: () => 900_000, awsRequestId: 'bench', functionName: 'bench' };
const output = await handler(input, context as never);
const maxMemoryMB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ output, seconds: (performance.now() - startedAt) / 1000, maxMemoryMB })}\n`);
