/** `npm run docs`: brings the generated parts of the documents up to date. A test fails if they are not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { takeNoArguments } from './arguments.ts';
import { DOCUMENTED_STAGE, generatedDocuments } from './docs/documents.ts';
import { synthesiseTemplate } from './docs/template.ts';

takeNoArguments('docs');

for (const { path, update } of generatedDocuments(synthesiseTemplate(DOCUMENTED_STAGE))) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const next = update(current);
  if (next === current) continue;
  writeFileSync(file, next);
  console.log(`Updated ${path}`);
}
