/** The documents that are written by a program, as a whole or in marked blocks. */
import { DEFAULT_TYPES, MASK_RULES_VERSION, OPT_IN_TYPES } from '@cxone-transcripts/masker';
import { PIPELINE_VERSION } from '../../lambdas/shared/lib/version.ts';
import { accessTable, resourceRows, roleRows } from './access-table.ts';
import { assumptions, costAtScale, costByService, costOfRun, fixedCost, prices } from './cost-tables.ts';
import { dashboardPicture } from './dashboard-picture.ts';
import { maskerPicture, roomsPicture } from './rooms-picture.ts';
import { roomsTable } from './rooms-table.ts';
import type { Template } from './template.ts';
import { typeRows, typeTable } from './type-table.ts';
import { webhookSchemas } from './webhook-schemas.ts';

export interface GeneratedDocument {
  /** Below the project. */
  path: string;
  /** The text it should have, given the one that it has. */
  update(current: string): string;
}

/** Replaces what stands between `<!-- generated: name -->` and `<!-- end -->`. */
function replaceBlocks(text: string, blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks).reduce((result, [name, content]) => {
    const block = new RegExp(`(<!-- generated: ${name} -->)[\\s\\S]*?(<!-- end -->)`);
    if (!block.test(result)) throw new Error(`There is no block for ${name}`);
    return result.replace(block, (_all, start: string, end: string) => `${start}\n\n${content}\n\n${end}`);
  }, text);
}

/** Settings with which the documents are generated: every option that adds to the template, on. */
export const DOCUMENTED_STAGE = { stage: 'prod-vpc', surrogates: true, masking: { comprehend: true } };

/**
 * Every document that is generated, wholly or in part: its path, and its new text from the present one.
 *
 * @example generatedDocuments(template).map(({ path }) => path) // ['docs/access.md', 'docs/cost.md', …]
 */
export function generatedDocuments(template: Template): GeneratedDocument[] {
  return [
    {
      path: 'docs/access.md',
      update: (current) =>
        replaceBlocks(current, {
          roles: accessTable(roleRows(template)),
          resources: accessTable(resourceRows(template)),
        }),
    },
    {
      path: 'docs/cost.md',
      update: (current) =>
        replaceBlocks(current, {
          services: costByService(),
          run: costOfRun(),
          fixed: fixedCost(template),
          assumptions: assumptions(),
          scale: costAtScale(),
          prices: prices(),
        }),
    },
    {
      path: 'docs/masking.md',
      update: (current) => replaceBlocks(current, { types: typeRows(true), 'opt-in types': typeRows(false) }),
    },
    {
      path: 'docs/deploy.md',
      update: (current) =>
        current.replace(
          /the \d+ types that need no switching on; \d+ more/,
          `the ${DEFAULT_TYPES.length} types that need no switching on; ${OPT_IN_TYPES.length} more`,
        ),
    },
    { path: 'packages/masker/src/model/type-table.ts', update: typeTable },
    {
      path: 'docs/data.md',
      update: (current) =>
        current
          .replace(/("maskRulesVersion": ")[^"]+"/, `$1${MASK_RULES_VERSION}"`)
          .replace(/("maskRules": \[")[^"]+"/, `$1${MASK_RULES_VERSION}"`)
          .replace(/("masking": \[\{ "rules": ")[^"]+"/, `$1${MASK_RULES_VERSION}"`)
          .replace(/("pipeline": ")[^"]+"/, `$1${PIPELINE_VERSION}"`),
    },
    { path: 'docs/architecture.md', update: (current) => replaceBlocks(current, { rooms: roomsTable() }) },
    { path: 'docs/rooms.svg', update: roomsPicture },
    { path: 'docs/rooms-of-the-masker.svg', update: maskerPicture },
    { path: 'docs/dashboard.svg', update: () => dashboardPicture(template) },
    ...webhookSchemas().map(({ path, text }) => ({ path, update: () => text })),
  ];
}
