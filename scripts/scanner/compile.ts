/** Compiles `packages/masker/src/prefilter/scanner/assembly`, which is AssemblyScript, to WebAssembly. */
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { PAGES, STATIC } from '../../packages/masker/src/prefilter/scanner/assembly/memory.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ENTRY = 'packages/masker/src/prefilter/scanner/assembly/index.ts';
const OUTPUT = 'scanner.wasm';
/** All that 32 bits can address: only documents that are nested very deeply make the memory grow. */
const MAX_PAGES = 65_536;

/**
 * The module's bytes; the same for the same source and compiler.
 *
 * @throws Error with what the compiler says
 * @example (await compileScanner()).subarray(0, 4) // 0, 'a', 's', 'm'
 */
export async function compileScanner(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  let said = '';
  const { error } = await main(
    [
      ...[ENTRY, '--baseDir', ROOT],
      ...['--outFile', OUTPUT, '--enable', 'simd', '--runtime', 'stub', '--noAssert', '-O3', '--converge'],
      ...['--memoryBase', String(STATIC), '--initialMemory', String(PAGES), '--maximumMemory', String(MAX_PAGES)],
    ],
    {
      stderr: {
        write: (chunk) => {
          said += String(chunk);
        },
      },
      writeFile: (name, contents) => {
        if (name === OUTPUT) bytes = contents as Uint8Array;
      },
    },
  );
  if (error !== null || bytes === undefined) throw new Error(`The scanner does not compile.\n${said}`);
  return bytes;
}

/**
 * The text of the file that carries the bytes, so that nothing but this script needs the compiler.
 *
 * @example scannerSource(bytes) // "…\nexport const WASM =\n  'AGFzbQ…';\n"
 */
export function scannerSource(bytes: Uint8Array): string {
  return `/** Written by \`npm run wasm\` from \`assembly\`. */\nexport const WASM =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
}
