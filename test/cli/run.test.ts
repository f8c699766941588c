import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMasker } from '@cxone-transcripts/masker';
import { describe, expect, it } from 'vitest';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';
import { PIPELINE_VERSION } from '../../lambdas/shared/lib/version.ts';
import { maskedWith } from '../../lambdas/store-transcripts/masked-with.ts';
import { serve } from '../serve.ts';
import { eventFile } from './event-file.ts';
import { startIndependentVendor } from './independent-vendor.ts';
import { scratch, start, transcripts } from './transcripts.ts';

const EVENT = 'events/manual-interactions.json';

/** What is waited for here is the simulator's to decide. */
const FAST = ['--speed', '50'];

describe('plan', () => {
  it('says what a run would take, and takes nothing', async () => {
    const out = await scratch();
    const planned = await transcripts(['plan', await eventFile(out, ['int-1', 'int-2']), '--out', out]);
    expect(planned.code).toBe(0);
    // What is awaited, at once; the result alone is on stdout.
    expect(planned.stderr).toMatch(/^ *\d+ ms {2}starting/);
    expect(planned.stdout).toContain('2 interactions in 1 batch of up to');
    expect(await readdir(join(out, 'data-lake'))).toEqual(['.s3', 'runs']);
  });
});

describe('run', () => {
  it('shows progress and a summary, and says where the files are', async () => {
    const out = await scratch();
    const { code, stdout, stderr } = await transcripts([
      'run',
      await eventFile(out, ['int-1', 'int-2']),
      '--out',
      out,
      ...FAST,
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const words of [
      'bulk-job (--source takes interaction-analytics or digital-engagement instead)',
      'credentials accepted',
      '2 interactions in 1 batch',
      'SUCCEEDED',
      '2 stored',
      '2 to the webhook',
      'manifest.json',
    ]) {
      expect(stdout).toContain(words);
    }
    expect(stdout).not.toContain('\x1b[2K');
  });

  it('--json prints one object on stdout and progress on stderr', async () => {
    const out = await scratch();
    const { code, stdout, stderr } = await transcripts([
      'run',
      await eventFile(out, ['int-1', 'int-2']),
      '--out',
      out,
      '--json',
      ...FAST,
    ]);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('SUCCEEDED');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      status: 'SUCCEEDED',
      source: 'bulk-job',
      error: null,
      counts: { requested: 2, stored: 2, missing: 0, failed: 0, delivered: 2, parked: 0 },
      manifestKey: `runs/${report.runId}/manifest.json`,
      out,
    });
    expect(report.durationMs).toBeGreaterThan(0);
    expect(report.stateTransitions).toBeGreaterThan(5);
    expect(report.masking).toEqual([maskedWith(createMasker({}, readLexicon()))]);
    await readFile(join(out, 'data-lake', report.manifestKey));
  });

  it('works with a vendor and a webhook that are not ours', async () => {
    const out = await scratch();
    const vendor = await startIndependentVendor({
      'a-1': { segments: [{ speaker: 'customer', text: 'my mail is jo.doe@example.com' }] },
      'a-2': { note: 'nothing in here', amount: 12.5 },
    });
    const webhook = await serve((_request, response) => response.writeHead(204).end());
    const { code, stdout } = await transcripts(
      [
        'run',
        await eventFile(out, ['a-1', 'a-2', 'a-3']),
        '--out',
        out,
        '--json',
        '--cxone-url',
        vendor.url,
        '--webhook-url',
        `${webhook.url}/hook`,
      ],
      { env: vendor.environment },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { requested: 3, stored: 2, missing: 1, failed: 0, delivered: 2 },
      findings: { EMAIL_ADDRESS: 1 },
    });
    const bodies = webhook.requests.map(({ body }) => body);
    expect(bodies.filter((body) => body.includes('transcript.stored'))).toHaveLength(2);
    expect(bodies.join('')).not.toContain('jo.doe@example.com');
    expect(webhook.requests.every(({ path, method }) => path === '/hook' && method === 'POST')).toBe(true);
  });

  it('serves the transcripts of a file through the simulator', async () => {
    const out = await scratch();
    const file = join(out, 'mine.jsonl');
    const mine = {
      interactionId: 'mine-1',
      mediaType: 'chat',
      timestamp: '2026-11-20T08:00:00Z',
      transcript: { text: 'hello' },
    };
    await writeFile(file, `${JSON.stringify(mine)}\n`);
    const event = await eventFile(out, ['mine-1', 'other-2']);
    await writeFile(event, (await readFile(event, 'utf8')).replace('"voice"', '"chat"'));
    const { code, stdout } = await transcripts(['run', event, '--out', out, '--json', '--transcripts', file, ...FAST]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts).toMatchObject({ requested: 2, stored: 1, missing: 1 });
  });

  it('exits 1 when the run fails, and says what to do', async () => {
    const out = await scratch();
    const faults = join(out, 'faults.json');
    await writeFile(faults, JSON.stringify([{ on: 'token', times: 'always', do: { status: 401 } }]));
    const { code, stdout } = await transcripts([
      'run',
      await eventFile(out, ['int-1']),
      '--out',
      out,
      '--faults',
      faults,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('VendorAuthFailed');
    expect(stdout).toContain('→ Check the credentials');
  });

  it.each([
    ['no event file', ['run'], "missing required argument 'event.json'"],
    ['a file that is not there', ['run', 'no-such.json'], 'no-such.json: no such file'],
    ['an event that is not JSON', ['run', 'README.md'], 'README.md: not JSON'],
    ['an invalid event', ['run', 'events/invalid-empty.json'], 'interactionIds'],
    ['an http vendor', ['run', 'events/manual-interactions.json', '--cxone-url', 'http://example.com'], '--cxone-url'],
    [
      'a vendor without credentials',
      ['run', 'events/manual-interactions.json', '--cxone-url', 'https://example.com'],
      'CXONE_CLIENT_ID and CXONE_CLIENT_SECRET',
    ],
    [
      'simulator flags beside a vendor',
      ['run', 'events/manual-interactions.json', '--cxone-url', 'https://example.com', '--faults', 'x.json'],
      '--faults',
    ],
    ['a source that is none', ['run', EVENT, '--source', 'bulk'], 'It must be one of bulk-job, interaction-analytics'],
    [
      'credentials that do not go with the source',
      ['plan', EVENT, '--source', 'interaction-analytics', '--cxone-url', 'https://nosuch.invalid'],
      'interaction-analytics takes an access key',
    ],
    [
      'a file of artifacts for another source',
      ['run', EVENT, '--source', 'digital-engagement', '--transcripts', 'x.jsonl'],
      '--transcripts goes with --source bulk-job',
    ],
    ['a faults file that is not there', ['run', 'events/manual-interactions.json', '--faults', 'no.json'], 'no.json'],
    [
      'a transcripts file that is not there',
      ['run', 'events/manual-interactions.json', '--transcripts', 'no.jsonl'],
      'no.jsonl',
    ],
    ['an output folder that is a file', ['run', 'events/manual-interactions.json', '--out', 'README.md'], 'README.md'],
    ['a faults file that is a slip', ['run', EVENT, '--faults', 'nofile'], 'nofile: no such file'],
    ['a folder of transcripts', ['run', EVENT, '--transcripts', 'events'], 'events: it must be a file of JSON Lines'],
    ['an empty output folder', ['run', EVENT, '--out', ''], "'--out <dir>' argument '' is invalid"],
    ['an empty lake', ['verify', ''], 'must not be empty'],
    [
      'a CXone whose name does not resolve',
      ['plan', EVENT, '--cxone-url', 'https://nosuch.invalid'],
      'the name nosuch.invalid does not resolve',
    ],
    [
      'a webhook whose name does not resolve',
      ['run', EVENT, '--webhook-url', 'https://nosuch.invalid'],
      '--webhook-url: the name nosuch.invalid',
    ],
    ['an event with a slip', ['run', 'test/fixtures/events/slip.json'], 'windw: did you mean window?'],
    ['text for JSON', ['mask'], 'line 1 is not a JSON value; --text takes plain text'],
    ['what only AWS can do', ['mask', '--options', '{"comprehend":true}'], 'Amazon Comprehend is asked in AWS only'],
    [
      'a region that is none',
      ['mask', '--options', '{"regions":["XX"]}'],
      'regions[0]: must be the two-letter ISO 3166 code',
    ],
    ['UK for GB', ['verify', 'out', '--masking', '{"regions":["UK"]}'], 'country: GB'],
    ['masking options that are not JSON', ['mask', '--options', '{bad'], '--options: not JSON'],
    ['masking options of the wrong form', ['mask', '--options', '{"regions":"US"}'], '--options: regions'],
    ['an unknown flag', ['run', 'events/manual-interactions.json', '--verbose'], "unknown option '--verbose'"],
    ['an unknown command', ['extract'], "unknown command 'extract'"],
  ])('exits 2 on %s', async (_name, args, words) => {
    const env = { CXONE_CLIENT_ID: 'me', CXONE_CLIENT_SECRET: 'mine' };
    const needsNone = args.includes('https://example.com');
    const { code, stdout, stderr } = await transcripts(args, {
      stdin: 'my ssn is 078-05-1120\n',
      env: needsNone ? {} : env,
    });
    // What only shows at the start may follow the line that says that it starts.
    expect({ code, stdout: stdout.replace(/^(.* (source|preparing) .*\n)+$/, '') }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });

  it('exits 1 on the redelivery of a run that is not there', async () => {
    const { code, stdout } = await transcripts(['run', 'events/redeliver-run.json', '--out', await scratch()]);
    expect(code).toBe(1);
    expect(stdout).toContain('InputInvalid: redeliverRun names a run that has left nothing to deliver');
  });

  it('takes a file with a byte order mark, and refuses an event over 256 KiB', async () => {
    const out = await scratch();
    const marked = join(out, 'marked.json');
    await writeFile(marked, '\uFEFF{"interactionIds":["../x"]}');
    expect((await transcripts(['run', marked])).stderr).toContain('interactionIds[0]');
    const huge = await eventFile(
      out,
      Array.from({ length: 9_000 }, (_, index) => `int-${'x'.repeat(30)}-${index}`),
    );
    expect((await transcripts(['run', huge])).stderr).toContain('256 KiB');
  });

  it('prints its version', async () => {
    expect(await transcripts(['--version'])).toEqual({ code: 0, stdout: `${PIPELINE_VERSION}\n`, stderr: '' });
  });

  it.each([['run'], ['simulate'], ['mask'], ['show']])('%s --help explains itself', async (command) => {
    const { code, stdout } = await transcripts([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: transcripts ${command}`);
  });
});

describe('simulate', () => {
  it('prints where it serves and which credentials it takes, and stops on a signal', async () => {
    const { child, finished, output } = await start(['simulate', '--client-id', 'me', '--client-secret', 'mine']);
    while (!output().includes('Ctrl-C stops it')) await new Promise((resolve) => setTimeout(resolve, 20));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '';
    const token = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('me:mine')}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    expect(token.status).toBe(200);
    expect(output()).toMatch(/source +bulk-job/);
    child.kill('SIGTERM');
    expect((await finished).code).toBe(0);
  });
});
