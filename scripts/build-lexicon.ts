/** `npm run lexicon`: builds `packages/masker/assets/names.lexicon` from the packages that `lexicon/sources.ts` names. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeLexicon } from '../packages/masker/src/lexicon/lexicon.ts';
import { takeNoArguments } from './arguments.ts';
import { classify } from './lexicon/classes.ts';
import { PACKAGES, readSources } from './lexicon/sources.ts';

takeNoArguments('lexicon');

const NAME = 'packages/masker/assets/names.lexicon';

// The sources are needed here only: in package.json everybody would install them.
const folder = mkdtempSync(join(tmpdir(), 'lexicon-'));
try {
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--silent', ...wanted]);
  const classes = classify(await readSources(folder));
  const bytes = encodeLexicon(classes);
  writeFileSync(new URL(`../${NAME}`, import.meta.url), bytes);
  console.log(`${NAME}: ${classes.size} words, ${bytes.length} bytes`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
