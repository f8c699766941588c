/** A process like a function's, with the bundle that is deployed: plans one run, and says how much memory it took. */
const { handler } = await import(process.env.BENCH_HANDLER);
const startedAt = performance.now();
const context = { getRemainingTimeInMillis: () => 900_000, awsRequestId: 'bench', functionName: 'bench' };
await handler(JSON.parse(process.env.BENCH_INPUT), context);
const maxMemoryMB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, maxMemoryMB })}\n`);
