import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TRANSITIONS_PER_CALL } from '../../infra/constructs/observability/dashboard-cost.ts';
import { PIPELINE_METRICS } from '../../infra/constructs/observability/pipeline-metrics.ts';
import { LAMBDA_CRASH_ERRORS } from '../../infra/constructs/retry-policies.ts';
import { MACHINE_ERRORS, PERMANENT_ERRORS, TRANSIENT_ERRORS } from '../../lambdas/shared/contracts/errors.ts';
import { METRICS_NAMESPACE } from '../../lambdas/shared/contracts/metrics.ts';
import { batchTransitions, PARENT_TRANSITIONS } from '../../lambdas/shared/contracts/state-transitions.ts';
import { synthesiseTemplate } from './template.ts';

const dev = synthesiseTemplate();
const prod = synthesiseTemplate({
  stage: 'prod',
  account: '123456789012',
  alarmEmail: 'data-platform@example.com',
  expectedRunHours: '30',
});
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const CLI = fileURLToPath(new URL('../../cli/transcripts.ts', import.meta.url));
const LAMBDAS = fileURLToPath(new URL('../../lambdas', import.meta.url));
const code = readdirSync(LAMBDAS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(LAMBDAS, path), 'utf8'))
  .join('\n');

const alarmsOf = (template: typeof dev) =>
  template.ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => ({
    ...Properties,
    name: String(Properties.AlarmName).split('-').at(-1) ?? '',
  }));

interface Widget {
  type: string;
  width: number;
  height: number;
  x: number;
  y: number;
  properties: { title?: string; metrics?: unknown[][]; query?: string };
}

/** The dashboard's body, its tokens as text. */
function widgetsOf(template: typeof dev): Widget[] {
  const [resource] = template.ofType('AWS::CloudWatch::Dashboard');
  const body = resource?.[1].Properties.DashboardBody as { 'Fn::Join': [string, unknown[]] };
  const text = body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'token')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

describe('alarms', () => {
  it.each(alarmsOf(prod).map(({ name }) => name))('%s has a heading in the runbook with what to do', (name) => {
    const section = runbook.split(/^## /m).find((text) => text.split('\n')[0]?.trim() === name) ?? '';
    expect(section).toMatch(/\*\*Meaning\.\*\*/);
    expect(section).toMatch(/\*\*Look here\.\*\*/);
    expect(section).toMatch(/\*\*Do this\.\*\*/);
    expect(section).toContain('```');
  });

  it('has no heading for an alarm that does not exist', () => {
    const documented = runbook
      .split(/^# Alarms$/m)[1]
      ?.split(/^# /m)[0]
      ?.match(/^## .+$/gm)
      ?.map((line) => line.slice(3).trim());
    expect(documented?.sort()).toEqual(
      alarmsOf(prod)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('tells the topic when it goes off and when it is over', () => {
    for (const alarm of alarmsOf(prod)) {
      expect(alarm).toMatchObject({ AlarmActions: [{ Ref: expect.stringContaining('AlarmTopic') }] });
      expect(alarm).toMatchObject({ OKActions: [{ Ref: expect.stringContaining('AlarmTopic') }] });
    }
  });

  it('goes off for a delivery that ended in any way but its own', () => {
    const { Metrics } = alarmsOf(prod).find(({ name }) => name === 'DeliveryFailed') as { Metrics?: unknown };
    const [delivery] = prod.ofType('AWS::StepFunctions::StateMachine').filter(([id]) => id.startsWith('Delivery'));
    for (const metric of ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']) {
      expect(Metrics).toContainEqual(
        expect.objectContaining({
          MetricStat: expect.objectContaining({
            Metric: {
              Namespace: 'AWS/States',
              MetricName: metric,
              Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: delivery?.[0] } }],
            },
          }),
        }),
      );
    }
  });

  it('expects a run only where one is scheduled, and within the configured time', () => {
    expect(alarmsOf(dev).map(({ name }) => name)).not.toContain('NoSuccessfulRun');
    expect(alarmsOf(prod).find(({ name }) => name === 'NoSuccessfulRun')).toMatchObject({
      MetricName: 'RunSucceeded',
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 30,
      Period: 3600,
      TreatMissingData: 'breaching',
    });
  });

  it('mails them where an address is configured', () => {
    expect(dev.ofType('AWS::SNS::Subscription')).toEqual([]);
    const [subscription] = prod.ofType('AWS::SNS::Subscription');
    expect(subscription?.[1].Properties).toMatchObject({ Protocol: 'email', Endpoint: 'data-platform@example.com' });
  });

  it('writes into an encrypted topic, which its key allows', () => {
    const [topic] = prod.ofType('AWS::SNS::Topic');
    expect(topic?.[1].Properties.KmsMasterKeyId).toBeDefined();
    const [key] = prod.ofType('AWS::KMS::Key');
    const ofAlarms = { Sid: 'AlarmsOfThisAccount', Principal: { Service: 'cloudwatch.amazonaws.com' } };
    expect(key?.[1].Properties.KeyPolicy).toMatchObject({
      Statement: expect.arrayContaining([expect.objectContaining(ofAlarms)]),
    });
  });
});

describe('runbook', () => {
  it.each([...TRANSIENT_ERRORS, ...PERMANENT_ERRORS, ...MACHINE_ERRORS, ...LAMBDA_CRASH_ERRORS])(
    'says what to do about %s',
    (error) => expect(runbook).toContain(`\`${error}\``),
  );

  it('names commands that exist', () => {
    const { stdout } = spawnSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' });
    const named = [...runbook.matchAll(/npm run -s transcripts -- (\w+)/g)].map(([, command]) => command ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const command of new Set(named)) expect(stdout).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
  });
});

describe('metrics', () => {
  it.each(Object.keys(PIPELINE_METRICS))('%s is emitted by a handler', (name) => {
    expect(code.includes(`'${name}'`)).toBe(true);
  });

  it('on the dashboard are those of the stage', () => {
    const ours = widgetsOf(prod)
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]) => namespace === METRICS_NAMESPACE);
    expect(ours.length).toBeGreaterThan(10);
    for (const [, name, dimension, stage] of ours) {
      expect(Object.keys(PIPELINE_METRICS)).toContain(name);
      expect([dimension, stage]).toEqual(['stage', 'prod']);
    }
  });
});

describe('dashboard', () => {
  const widgets = widgetsOf(prod);

  it('fills whole rows of 24 columns, without overlap', () => {
    const rows = Map.groupBy(widgets, ({ y }) => y);
    for (const row of rows.values()) {
      expect(row.reduce((sum, { width }) => sum + width, 0)).toBe(24);
      expect(new Set(row.map(({ height }) => height)).size).toBe(1);
    }
  });

  it.each([
    'Age of the newest data',
    'Latest runs',
    'Success rate',
    'Personal data masked',
    'throttled',
    'Webhook',
    'Cost',
  ])('shows %s', (topic) => {
    expect(widgets.map(({ properties }) => properties.title ?? '').join('\n')).toContain(topic);
  });

  it('counts as many state transitions as a run takes', () => {
    const of = (name: keyof typeof TRANSITIONS_PER_CALL) => TRANSITIONS_PER_CALL[name] ?? 0;
    expect(of('Authenticate') + of('PlanExtraction') + of('RecordOutcome')).toBe(PARENT_TRANSITIONS);
    const submissions = 2;
    const polls = 5;
    expect(
      submissions * of('SubmitTranscriptJob') +
        polls * of('GetJobStatus') +
        of('StoreTranscripts') +
        of('DeliverTranscripts'),
    ).toBe(batchTransitions(polls, submissions));
  });
});

describe('saved log queries', () => {
  const queries = dev.ofType('AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties);

  it('are in a folder of the stack and ask the log groups of the stack', () => {
    expect(queries.length).toBeGreaterThanOrEqual(6);
    for (const { Name, LogGroupNames } of queries) {
      expect(Name).toMatch(/^CxoneTranscripts-dev\//);
      for (const group of LogGroupNames as object[]) expect(JSON.stringify(group)).toMatch(/Logs/);
    }
  });

  it('name messages and fields that the handlers log', () => {
    for (const { QueryString } of queries) {
      const texts = [...String(QueryString).matchAll(/"([^"]+)"/g)].map(([, text]) => text ?? '');
      const unknown = texts.filter((text) => text !== 'REPORT' && !code.includes(`'${text}'`));
      expect(unknown).toEqual([]);
    }
  });

  it('pipe their commands', () => {
    for (const { QueryString } of queries) {
      const [first, ...others] = String(QueryString).split('\n');
      expect(first).not.toMatch(/^[|#]/);
      for (const line of others) expect(line).toMatch(/^(\| \w|#)/);
    }
  });
});
