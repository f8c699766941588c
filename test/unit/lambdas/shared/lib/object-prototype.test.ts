/** What every object inherits are names like any others: a look-up by such a name never answers with a function. */
import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../../../cli/run/advice.ts';
import { S3Error } from '../../../../../emulator/stand-ins/s3/errors.ts';
import { textOf } from '../../../../../emulator/stand-ins/s3/xml.ts';
import { parseStageConfig } from '../../../../../infra/stage-config.ts';
import { networkFailureReason } from '../../../../../lambdas/shared/lib/http.ts';
import { addReceipt, emptyTally } from '../../../../../lambdas/shared/runs/tally.ts';
import { receiptOf } from '../../../../builders/receipt.ts';
import { startCloudFormation } from '../../../../stand-ins/cloudformation.ts';

const INHERITED = Object.getOwnPropertyNames(Object.prototype);

const settings = (stage: string) => ({
  stage,
  region: 'us-east-1',
  source: 'bulk-job',
  cxoneBaseUrl: 'https://api.example.com',
  webhookUrl: 'https://lake.example.com/in',
});

describe.each(INHERITED)('%s', (name) => {
  it.each<[string, () => unknown, unknown]>([
    ['an error with advice', () => adviceFor(name), undefined],
    ['a code of the network', () => networkFailureReason(Object.assign(new Error('x'), { code: name })), 'network'],
    ['a code of S3', () => new S3Error(name, 'x').status, 400],
    ['an entity of XML', () => textOf(`<a>&${name};</a>`, 'a'), `&${name};`],
    ['a stage', () => parseStageConfig({ ...settings('dev'), stages: {} }).concurrency, 10],
  ])('is not %s', (_what, ask, expected) => expect(ask()).toEqual(expected));

  it('is no stack', async () => {
    const server = await startCloudFormation({});
    const body = new URLSearchParams({ Action: 'DescribeStacks', StackName: name });
    const { status } = await fetch(server.url, { method: 'POST', body });
    await server.close();
    expect(status).toBe(400);
  });

  it('is counted like any other type', () => {
    const tally = emptyTally();
    addReceipt(tally, receiptOf('run', 0, [], { findings: Object.fromEntries([[name, 2]]) }));
    expect(Object.entries(tally.findings)).toEqual([[name, 2]]);
  });
});

describe('a stage', () => {
  it.each(['constructor', 'valueof'])('may be called %s', (stage) => {
    expect(parseStageConfig({ ...settings(stage), stages: {} })).toMatchObject({ stage });
  });
});
