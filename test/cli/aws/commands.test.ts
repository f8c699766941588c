/** The commands for AWS, as child processes, against the Step Functions API over the embedded engine. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../../emulator/engine/run-execution.ts';
import { type Sandbox, startSandbox } from '../../../emulator/sandbox/start-sandbox.ts';
import { type RunningServer, readBody, sendJson, startServer } from '../../../emulator/stand-ins/start-server.ts';
import { type CloudFormation, startCloudFormation } from '../../stand-ins/cloudformation.ts';
import { type StepFunctions, startStepFunctions } from '../../stand-ins/step-functions.ts';

const STACK = 'CxoneTranscripts-dev';
const CLI = fileURLToPath(new URL('../../../cli/transcripts.ts', import.meta.url));

let out: string;
let sandbox: Sandbox;
let engine: LocalEngine;
let stepFunctions: StepFunctions;
let cloudFormation: CloudFormation;
let logs: RunningServer;
/** Queries that were asked of CloudWatch Logs. */
const queries: { queryString: string; logGroupNames: string[] }[] = [];

const LOG_LINE = {
  '@timestamp': '2026-11-22 03:00:01.000',
  level: 'WARN',
  service: 'store-transcripts',
  message: 'Task failed',
  batch: '0',
  errorName: 'VendorUnavailable',
  reason: 'The vendor did not answer',
  '@message': '{"level":"WARN"}',
};

/** Answers a query at the second look, as Logs Insights does. */
function startLogs(): Promise<RunningServer> {
  let looks = 0;
  return startServer(async (request, response) => {
    const input = JSON.parse((await readBody(request)).toString());
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    if (String(request.headers['x-amz-target']).endsWith('StartQuery')) {
      queries.push(input);
      sendJson(response, 200, { queryId: 'query-1' }, headers);
      return;
    }
    looks += 1;
    const results = [Object.entries(LOG_LINE).map(([field, value]) => ({ field, value }))];
    sendJson(response, 200, looks % 2 === 1 ? { status: 'Running' } : { status: 'Complete', results }, headers);
  });
}

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'remote-'));
  sandbox = await startSandbox({
    out,
    settings: { batchSize: 2 },
    vendor: { simulator: { seed: 'remote' } },
  });
  engine = new LocalEngine({ assembly: sandbox.assembly, overridesEnv: sandbox.environment, waitScale: 0.01 });
  stepFunctions = await startStepFunctions({ engine, stateMachines: sandbox.assembly.stateMachines });
  cloudFormation = await startCloudFormation({
    [STACK]: {
      outputs: sandbox.assembly.outputs,
      resources: [
        { type: 'AWS::Logs::LogGroup', physicalId: 'log-group-of-a-function' },
        { type: 'AWS::S3::Bucket', physicalId: 'bucket' },
      ],
    },
    other: { outputs: {} },
  });
  logs = await startLogs();
});

afterAll(async () => {
  await stepFunctions.settled();
  await Promise.all([engine.close(), stepFunctions.close(), cloudFormation.close(), logs.close()]);
  await sandbox.close();
  rmSync(out, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const transcripts = (...args: string[]) => runCli(args);

function runCli(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_SFN: stepFunctions.url,
        AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
        AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.url,
        AWS_ENDPOINT_URL_S3: sandbox.s3.url,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...environment,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function eventFile(event: unknown): string {
  const path = join(out, 'event.json');
  writeFileSync(path, JSON.stringify(event));
  return path;
}

const FOUR = {
  interactionIds: ['interaction-1', 'interaction-2', 'interaction-3', 'interaction-4'],
  mediaTypes: ['chat'],
};

describe('execute', () => {
  it('shows the progress of an execution and the summary that run shows, with links to the console', async () => {
    const { code, stdout, stderr } = await transcripts('execute', eventFile(FOUR), '--stack', STACK, '--name', 'run-1');
    expect(stderr).toBe('');
    expect(stdout).toContain('Started run-1');
    expect(stdout).toMatch(/✓ Authenticate +credentials accepted/);
    expect(stdout).toMatch(/✓ PlanExtraction +4 interactions in 2 batches/);
    expect(stdout).toMatch(/✓ RecordOutcome +manifest written/);
    expect(stdout).toMatch(/SUCCEEDED +run-1 +in /);
    expect(stdout).toMatch(/Interactions +4 requested · 4 stored/);
    expect(stdout).toMatch(/Personal data +\d+ places masked/);
    expect(stdout).toContain(
      'https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/',
    );
    expect(stdout).toContain(`#dashboards:name=${STACK}`);
    expect(code).toBe(0);
    expect(new Set(stepFunctions.requests)).toEqual(
      new Set(['StartExecution', 'DescribeExecution', 'GetExecutionHistory', 'ListMapRuns', 'DescribeMapRun']),
    );
  });

  it('prints the same object as run with --json, transitions of the children included', async () => {
    const { code, stdout } = await transcripts(
      'execute',
      eventFile(FOUR),
      '--stack',
      STACK,
      '--name',
      'run-2',
      '--json',
    );
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      runId: 'run-2',
      status: 'SUCCEEDED',
      error: null,
      counts: { requested: 4, stored: 4 },
      manifestKey: 'runs/run-2/manifest.json',
    });
    expect(report.stateTransitions).toBeGreaterThan(15);
    expect(code).toBe(0);
  });

  it('ends with 1 when the execution failed, and says why', async () => {
    const event = eventFile({ retryRun: 'never-ran' });
    const { code, stdout } = await transcripts('execute', event, '--stack', STACK, '--name', 'run-3');
    expect(stdout).toMatch(/FAILED +run-3/);
    expect(stdout).toContain('InputInvalid');
    expect(code).toBe(1);
  });

  it.each([
    ['a stack that does not exist', ['--stack', 'nowhere'], 'There is no stack nowhere'],
    ['a stack of something else', ['--stack', 'other'], 'is not one of this product'],
  ])('refuses %s', async (_name, args, message) => {
    const { code, stderr } = await transcripts('execute', eventFile(FOUR), ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('says what is missing when the credentials do not do', async () => {
    stepFunctions.fail('StartExecution', 'AccessDeniedException');
    const { code, stderr } = await transcripts('execute', eventFile(FOUR), '--stack', STACK);
    expect(stderr).toContain('may not start executions');
    expect(code).toBe(2);
  });

  it('starts nothing for an event that the first state would refuse', async () => {
    const before = stepFunctions.requests.length;
    const { code, stderr } = await transcripts('execute', eventFile({ interactionIds: [] }), '--stack', STACK);
    expect(stderr).toContain('interactionIds');
    expect(code).toBe(2);
    expect(stepFunctions.requests).toHaveLength(before);
  });
});

describe('executions', () => {
  it('lists the latest first', async () => {
    const { code, stdout } = await transcripts('executions', '--stack', STACK, '--limit', '2', '--json');
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(runs.map(({ runId, status }) => [runId, status])).toEqual([
      ['run-3', 'FAILED'],
      ['run-2', 'SUCCEEDED'],
    ]);
    expect(code).toBe(0);
  });
});

describe('redeliver --stack', () => {
  it('says what would be sent, from the bucket of the stack in its region, and starts nothing', async () => {
    const before = stepFunctions.requests.length;
    // The region is that of the command alone.
    const { code, stdout, stderr } = await runCli(
      ['redeliver', 'run-1', '--dry-run', '--json', '--stack', STACK, '--region', 'us-east-1'],
      { AWS_REGION: undefined },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      runId: 'run-1',
      only: 'all',
      dryRun: true,
      transcripts: 4,
      delivered: 4,
    });
    expect(stepFunctions.requests).toHaveLength(before);
    expect(code).toBe(0);
  });

  it('starts the state machine that delivers: everything again, with the same ids', async () => {
    const ids = new Set(sandbox.receiver?.uniqueIds);
    const { code, stdout } = await transcripts('redeliver', 'run-1', '--stack', STACK);
    expect(stdout).toMatch(/^Started manual-[\w-]+\nhttps:\/\/us-east-1\.console\.aws\.amazon\.com\/states\//);
    expect(code).toBe(0);
    const results = await stepFunctions.settled();
    expect(results.at(-1)).toMatchObject({ status: 'SUCCEEDED', output: { delivered: 4, parked: 0 } });
    expect(sandbox.receiver?.uniqueIds).toEqual(ids);
    expect(sandbox.receiver?.duplicates).toBeGreaterThanOrEqual(4);
  });

  it('says what is missing when the credentials do not do', async () => {
    stepFunctions.fail('StartExecution', 'AccessDeniedException');
    const { code, stderr } = await transcripts('redeliver', 'run-1', '--stack', STACK);
    expect(stderr).toContain('may not start executions');
    expect(code).toBe(2);
  });
});

describe('logs', () => {
  it('asks all log groups of the stack for one run', async () => {
    const { code, stdout, stderr } = await transcripts('logs', 'run-1', '--stack', STACK);
    expect(stderr).toBe('');
    expect(stdout).toContain('store-transcripts batch 1');
    expect(stdout).toContain('VendorUnavailable: The vendor did not answer');
    expect(queries.at(-1)?.queryString).toContain('filter runId = "run-1"');
    expect(queries.at(-1)?.logGroupNames).toEqual(['log-group-of-a-function']);
    expect(code).toBe(0);
  });

  it.each([
    ['never-ran', 'There is no execution never-ran'],
    ['x" or 1=1', 'is not the id of a run'],
  ])('refuses the run %s', async (run, message) => {
    const { code, stderr } = await transcripts('logs', run, '--stack', STACK);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
