import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { DAY_AND_LATER, startPublicApis } from '../cxone-world.ts';

const SHAPES = new URL('../../../fixtures/vendor-shapes/', import.meta.url);

/** What in the value is not as the vendor's specification has it; nothing is named by a value. */
async function deviations(name: string, value: unknown): Promise<string[]> {
  const schema = z.fromJSONSchema(JSON.parse(await readFile(new URL(`${name}.json`, SHAPES), 'utf8')));
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const deviationsOf = async (name: string, answer: Response) => deviations(name, await answer.json());

it('a shape refuses another type, and a member that it does not name', async () => {
  expect(await deviations('segments', { totalRecords: '1' })).toHaveLength(1);
  expect(await deviations('segments', { interactions: [{ segment: 'x' }] })).toHaveLength(1);
});

it('sign-in and discovery answer in the shapes of the vendor', async () => {
  const { simulator, apis } = await startPublicApis();
  expect(await deviationsOf('token', await apis.accessKeySignIn())).toEqual([]);
  expect(await deviationsOf('token-error', await apis.accessKeySignIn({ accessKeyId: 'x' }))).toEqual([]);
  expect(await deviationsOf('openid-configuration', await apis.get('/.well-known/openid-configuration'))).toEqual([]);
  const tenant = await apis.get(`/.well-known/cxone-configuration?tenantId=${simulator.tenantId}`);
  expect(await deviationsOf('tenant-configuration', tenant)).toEqual([]);
});

it('segments and their transcripts of every medium have the shapes of the vendor', async () => {
  const { simulator, apis } = await startPublicApis({ segments: { transferShare: 0.5 } });
  const page = await apis.page({ ...DAY_AND_LATER, pageSize: 1_000 });
  expect(await deviations('segments', page)).toEqual([]);
  expect(new Set(page.interactions.map(({ mediaType }) => mediaType)).size).toBeGreaterThan(2);
  for (const { segmentId } of page.interactions) {
    simulator.reannotate(segmentId);
    expect(await deviationsOf('segment-transcript', await apis.transcript(segmentId))).toEqual([]);
    expect(await deviationsOf('segment-transcript', await apis.transcript(segmentId, '?wordLevel=true'))).toEqual([]);
  }
});

it('errors of Interaction Analytics have the shapes of the vendor', async () => {
  const { apis } = await startPublicApis();
  expect(await deviationsOf('analytics-error-400', await apis.list({ ...DAY_AND_LATER, order: 'up' }))).toEqual([]);
  expect(await deviationsOf('analytics-error-404', await apis.transcript('int-none'))).toEqual([]);
  apis.use('another');
  expect(await deviationsOf('analytics-error-401', await apis.list(DAY_AND_LATER))).toEqual([]);
});

it('completed contacts have the shapes of the vendor', async () => {
  const { apis } = await startPublicApis();
  const answer = await apis.completed({ startDate: '2026-10-01T00:00:00Z', endDate: '2026-10-02T00:00:00Z' });
  expect(await deviationsOf('completed-contacts', answer)).toEqual([]);
});
