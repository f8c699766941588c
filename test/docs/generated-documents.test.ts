import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resourceRows, roleRows } from '../../scripts/docs/access-table.ts';
import { DOCUMENTED_STAGE, generatedDocuments } from '../../scripts/docs/documents.ts';
import { synthesiseTemplate } from '../../scripts/docs/template.ts';
import { FIXTURE_HANDLERS } from '../infra/template.ts';

const template = synthesiseTemplate(DOCUMENTED_STAGE, FIXTURE_HANDLERS);

describe('generated documents', () => {
  it.each(generatedDocuments(template).map((document) => [document.path, document] as const))(
    '%s is up to date: `npm run docs` writes it',
    (path, { update }) => {
      const current = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
      expect(update(current)).toBe(current);
    },
  );
});

describe('access', () => {
  it('gives no role an action with a star', () => {
    const rows = roleRows(template);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ actions }) => actions.includes('*'))).toEqual([]);
  });

  it('gives everybody nothing', () => {
    const rows = resourceRows(template).filter(({ who, effect }) => who === 'everybody' && effect === 'Allow');
    expect(rows).toEqual([]);
  });
});
