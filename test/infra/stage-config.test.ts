import { describe, expect, it } from 'vitest';
import { parseStageConfig, StageConfigError } from '../../infra/stage-config.ts';
import { readContext } from './template.ts';

const valid = {
  stage: 'test',
  region: 'eu-central-1',
  source: 'bulk-job',
  cxoneBaseUrl: 'https://api.example.com',
  webhookUrl: 'https://lake.example.com/in',
};

describe('parseStageConfig', () => {
  it('fills in defaults', () => {
    expect(parseStageConfig(valid)).toMatchObject({
      concurrency: 10,
      toleratedFailurePercentage: 10,
      jobDeadlineSeconds: 7200,
      cxonePaths: { job: '/api/v2/jobs/{jobId}' },
      masking: {},
      schedule: { timeZone: 'UTC' },
    });
  });

  it.each(['dev', 'prod'])('accepts stage %s of cdk.json', (stage) => {
    expect(parseStageConfig({ ...readContext(), stage })).toMatchObject({ stage });
  });

  it.each([
    ['dev', undefined, false],
    ['prod', undefined, true],
    ['dev', true, true],
    ['prod', false, false],
  ])('in stage %s with enabled=%s the schedule is on: %s', (stage, enabled, expected) => {
    const schedule = enabled === undefined ? {} : { enabled };
    expect(parseStageConfig({ ...valid, stage, schedule }).schedule.enabled).toBe(expected);
  });

  it('takes text from the command line for numbers, truths and objects', () => {
    const config = parseStageConfig({
      ...valid,
      batchSize: '50',
      masking: '{"regions":["DE"]}',
      schedule: '{"enabled":"true"}',
    });
    expect(config).toMatchObject({ batchSize: 50, masking: { regions: ['DE'] }, schedule: { enabled: true } });
  });

  it('lets single settings win over those of the stage', () => {
    const config = parseStageConfig({ ...readContext(), stage: 'prod', region: 'eu-west-1' });
    expect(config).toMatchObject({ region: 'eu-west-1', schedule: { timeZone: 'America/New_York' } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a stage', { stage: 'Prod!' }, 'stage: must be 1 to 20 lower-case letters'],
    ['a base of the API over http', { cxoneApiUrl: 'http://api.example.com' }, 'cxoneApiUrl: must be an https URL'],
    ['an allowed host that is a URL', { cxoneAllowedHosts: ['https://a.b'] }, 'cxoneAllowedHosts.0: must be a domain'],
    ['a whole top-level domain', { cxoneAllowedHosts: ['com'] }, 'cxoneAllowedHosts.0: must be a domain'],
    ['a region', { region: 'mars' }, 'region: must be an AWS region'],
    [
      'a region that does not exist',
      { region: 'us-esat-1' },
      'region: must be an AWS region such as us-east-1; did you mean us-east-1?',
    ],
    [
      'a masking region that is no country',
      { masking: { regions: ['XX'] } },
      'masking.regions.0: must be the two-letter ISO 3166 code',
    ],
    [
      'UK for GB',
      { masking: { regions: ['UK'] } },
      'masking.regions.0: must be the two-letter ISO 3166 code of a country: GB',
    ],
    ['an account', { account: '12' }, 'account: must be a 12-digit'],
    ['no source', { source: undefined }, 'source: must name where transcripts come from: interaction-analytics'],
    ['a source there is not', { source: 'bulk' }, 'source: must name where transcripts come from'],
    ['a missing vendor URL', { cxoneBaseUrl: undefined }, 'cxoneBaseUrl: is required'],
    ['a plain-text vendor URL', { cxoneBaseUrl: 'http://api.example.com' }, 'cxoneBaseUrl: must be an https URL'],
    ['a webhook with a password', { webhookUrl: 'https://a:b@example.com' }, 'webhookUrl: must be an https URL'],
    [
      'a result origin',
      { cxoneResultOrigins: ['https://x.example/path'] },
      'cxoneResultOrigins.0: must be an origin: https://host',
    ],
    ['a vendor path', { cxonePaths: { job: '/jobs' } }, 'cxonePaths.job: must contain {jobId}'],
    ['a batch size', { batchSize: 1001 }, 'batchSize: must be a whole number from 1 to 1000'],
    ['a fraction', { concurrency: 1.5 }, 'concurrency: must be a whole number from 1 to 1000'],
    ['a tolerance', { toleratedFailurePercentage: -1 }, 'toleratedFailurePercentage: must be a whole number from 0'],
    ['a deadline', { jobDeadlineSeconds: 'soon' }, 'jobDeadlineSeconds: must be a whole number from 60'],
    ['a lease that a batch outlasts', { runLeaseHours: 18 }, 'runLeaseHours: must be above nine times jobDeadline'],
    ['a deadline that outlasts the lease', { jobDeadlineSeconds: 9_600 }, 'runLeaseHours: must be above nine times'],
    ['a result limit', { maxResultBytes: 5 }, 'maxResultBytes: must be a whole number from'],
    ['a schedule', { schedule: { expression: 'daily' } }, 'schedule.expression: must be rate(…)'],
    ['a time zone', { schedule: { timeZone: 'Mars/Base' } }, 'schedule.timeZone: must be an IANA time zone'],
    ['a masking type', { masking: { disable: ['NOTHING'] } }, 'masking.disable.0: '],
    ['broken JSON', { masking: '{' }, 'masking: must be an object or its JSON text'],
    ['a retention', { logRetentionDays: 4 }, 'logRetentionDays: must be one of 1, 3, 5'],
    ['a first day of data', { dataSince: '2025-13-01' }, 'dataSince: must be a day such as 2025-01-01'],
    ['data of the future', { dataSince: '2999-01-01' }, 'dataSince: must not be in the future'],
    [
      'data that begins after the schedule',
      { dataSince: '2026-01-02', watermarkStart: '2026-01-01T12:00:00Z' },
      'dataSince: must not be after watermarkStart',
    ],
    ['a typing error', { batchsize: 5 }, 'batchsize: is not a known setting'],
    ['a nested one', { schedule: { zone: 'UTC' } }, 'schedule.zone: is not a known setting'],
  ])('refuses %s by the name of its field', (_what, settings, message) => {
    expect(() => parseStageConfig({ ...valid, ...settings })).toThrow(StageConfigError);
    expect(() => parseStageConfig({ ...valid, ...settings })).toThrow(message);
  });

  it.each([
    ['nope', 'There is no stage nope in cdk.json; there are dev, prod, prod-vpc'],
    ['prd', 'did you mean prod?'],
    ['constructor', 'There is no stage constructor'],
  ])('names the stages there are for %s', (stage, message) => {
    expect(() => parseStageConfig({ ...readContext(), stage })).toThrow(message);
  });

  it('lists all faults at once', () => {
    const faults = { batchSize: 0, region: 'x', webhookUrl: 'nope' };
    expect(() => parseStageConfig({ ...valid, ...faults })).toThrow(/region:.*\n.*webhookUrl:.*\n.*batchSize:/);
  });
});
