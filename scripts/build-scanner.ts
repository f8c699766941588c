/** `npm run wasm`: compiles `packages/masker/src/prefilter/scanner/assembly` into bytes beside it. */
import { writeFileSync } from 'node:fs';
import { takeNoArguments } from './arguments.ts';
import { compileScanner, scannerSource } from './scanner/compile.ts';

takeNoArguments('wasm');

const NAME = 'packages/masker/src/prefilter/scanner/scanner-wasm.ts';
const FILE = new URL(`../${NAME}`, import.meta.url);

const bytes = await compileScanner();
writeFileSync(FILE, scannerSource(bytes));
console.log(`${NAME}: ${bytes.length} bytes of WebAssembly`);
