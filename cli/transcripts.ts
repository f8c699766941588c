#!/usr/bin/env node
/** The command line. Signals are watched before anything else is loaded, which takes a moment. */
import { watchForInterruptions } from './process/interruption.ts';
import { guardOutput } from './terminal/printable.ts';

watchForInterruptions();
guardOutput();
const { main } = await import('./program.ts');
await main();
