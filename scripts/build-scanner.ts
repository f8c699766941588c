/** `npm run wasm`: compiles `lambdas/pii/assembly` into `lambdas/pii/scanner-wasm.ts`. */
import { writeFileSync } from 'node:fs';
import { takeNoArguments } from './arguments.ts';
import { compileScanner, scannerSource } from './scanner/compile.ts';

takeNoArguments('wasm');

const FILE = new URL('../lambdas/pii/scanner-wasm.ts', import.meta.url);

const bytes = await compileScanner();
writeFileSync(FILE, scannerSource(bytes));
console.log(`lambdas/pii/scanner-wasm.ts: ${bytes.length} bytes of WebAssembly`);
