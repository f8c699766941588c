import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Fault, parseFaults, readFaults } from '../../../emulator/stand-ins/cxone/faults.ts';
import { type CxoneSimulator, startCxoneSimulator } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { clientOf } from './cxone-client.ts';

let simulator: CxoneSimulator;
afterEach(() => simulator?.close());

async function startWith(...faults: Fault[]) {
  simulator = await startCxoneSimulator({ faults, jobLatency: { polls: 0 } });
  const client = clientOf(simulator);
  await client.signIn();
  return client;
}

describe('transport', () => {
  it('answers a status with Retry-After, so many times', async () => {
    const client = await startWith({ on: 'submit', times: 2, do: { status: 429, retryAfter: 7 } });
    const answers = [await client.submit(), await client.submit(), await client.submit()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
  });

  it('starts at the nth call and goes on for ever if told to', async () => {
    const client = await startWith({ on: 'submit', match: { nth: 2 }, times: 'always', do: { status: 500 } });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await client.submit()).status);
    expect(statuses).toEqual([201, 500, 500, 500]);
  });

  it('resets, sends HTML, an empty body, a redirect', async () => {
    const client = await startWith(
      { on: 'submit', do: { reset: true } },
      { on: 'submit', do: { html: true } },
      { on: 'submit', do: { status: 200, body: '' } },
      { on: 'submit', do: { status: 307, location: 'https://attacker.example' } },
    );
    await expect(client.submit()).rejects.toThrow('fetch failed');
    expect((await client.submit()).headers.get('content-type')).toBe('text/html');
    expect(await (await client.submit()).text()).toBe('');
    const redirect = await fetch(`${simulator.baseUrl}/api/v2/interactions/transcripts`, {
      method: 'POST',
      redirect: 'manual',
    });
    expect(redirect.headers.get('location')).toBe('https://attacker.example');
    expect(simulator.requests.filter(({ call }) => call === 'submit').map(({ status }) => status)).toEqual([
      0, 200, 200, 307,
    ]);
  });

  it('takes a job before it resets', async () => {
    const client = await startWith({ on: 'submit', do: { afterAccept: true, reset: true } });
    await expect(client.submit()).rejects.toThrow();
    const again = (await (await client.submit()).json()) as { jobId: string };
    const fresh = await startCxoneSimulator();
    const freshClient = clientOf(fresh);
    await freshClient.signIn();
    const first = (await (await freshClient.submit()).json()) as { jobId: string };
    await fresh.close();
    // The lost answer's job counts: this one is the second of its kind.
    expect(again.jobId).not.toBe(first.jobId);
  });
});

describe('token and submit answers', () => {
  it.each([0, -5, '1800', null])('sends expires_in %j as it stands', async (expiresIn) => {
    const client = await startWith({ on: 'token', match: { nth: 2 }, do: { expiresIn } });
    expect(await (await client.tokenCall()).json()).toMatchObject({ expires_in: expiresIn });
  });

  it('leaves the job id out, or makes it odd', async () => {
    const client = await startWith(
      { on: 'submit', do: { jobId: null } },
      { on: 'submit', do: { jobId: 'job/../odd ?#' } },
    );
    expect(await (await client.submit()).json()).toEqual({ status: 'queued' });
    const { jobId } = (await (await client.submit()).json()) as { jobId: string };
    expect(jobId).toBe('job/../odd ?#');
    expect((await client.poll(jobId)).status).toBe(200);
  });
});

describe('poll answers', () => {
  it.each<[string, Extract<Fault, { on: 'poll' }>['do'], Record<string, unknown>]>([
    ['failed', { jobStatus: 'failed', errors: ['E1'] }, { status: 'failed', errors: ['E1'] }],
    ['stuck', { jobStatus: 'stuck' }, { status: 'running' }],
    ['unknown', { jobStatus: 'unknown' }, { status: 'archived' }],
    ['without a URL', { jobStatus: 'completedWithoutUrl' }, { status: 'completed', progress: 100 }],
    ['foreign', { resultUrl: 'https://attacker.example/r' }, { resultUrl: 'https://attacker.example/r' }],
    ['odd progress', { progress: 'NaN' }, { status: 'completed', progress: 'NaN' }],
  ])('%s', async (_name, effect, expected) => {
    const client = await startWith({ on: 'poll', do: effect });
    const { jobId } = (await (await client.submit()).json()) as { jobId: string };
    const answer = (await (await client.poll(jobId)).json()) as Record<string, unknown>;
    expect(answer).toMatchObject(expected);
    if (effect.jobStatus !== undefined) expect(answer).not.toHaveProperty('resultUrl');
  });

  it('concerns one job only', async () => {
    const client = await startWith({
      on: 'poll',
      match: { jobOrdinal: 2 },
      times: 'always',
      do: { jobStatus: 'failed' },
    });
    const jobs = [await client.submit(), await client.submit()];
    const statuses = [];
    for (const job of jobs) {
      const { jobId } = (await job.json()) as { jobId: string };
      statuses.push(((await (await client.poll(jobId)).json()) as { status: string }).status);
    }
    expect(statuses).toEqual(['completed', 'failed']);
  });
});

describe('download bodies', () => {
  const idsOf = (text: string) => (JSON.parse(text) as { interactionId: string }[]).map((one) => one.interactionId);
  const resultOf = async (effect: Extract<Fault, { on: 'download' }>['do'], interactionId?: string) => {
    const match = interactionId === undefined ? {} : { match: { interactionId } };
    const client = await startWith({ on: 'download', ...match, do: effect });
    const { resultUrl } = await client.complete();
    return client.download(resultUrl);
  };

  it.each([403, 410] as const)('refuses an expired URL with %d', async (expiredUrl) => {
    expect((await resultOf({ expiredUrl })).status).toBe(expiredUrl);
  });

  it('cuts a body short by a reset, which shows', async () => {
    const answer = await resultOf({ truncateAt: 700 });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('cuts a body short by a clean close, which does not', async () => {
    const answer = await resultOf({ truncateAt: 700, cleanClose: true });
    expect(await answer.text()).toHaveLength(700);
  });

  it('stalls until the client gives up', async () => {
    const answer = await resultOf({ stallAt: 700 });
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    await reader?.cancel();
  });

  it.each<[Extract<Fault, { on: 'download' }>['do'], string[]]>([
    [{ emptyResult: true }, []],
    [{ dropItem: true }, ['int-1', 'int-3']],
    [{ duplicateItem: true }, ['int-1', 'int-2', 'int-2', 'int-3']],
    [{ extraItem: true }, ['int-1', 'int-2', 'int-3', 'int-nobody-asked-for']],
  ])('with %j', async (effect, ids) => {
    expect(idsOf(await (await resultOf(effect, 'int-2')).text())).toEqual(ids);
  });

  it.each<[Extract<Fault, { on: 'download' }>['do'], string]>([
    [{ emptyResult: true }, '[]'],
    [{ dropItem: true }, '[]'],
  ])('of one interaction with %j is an empty list', async (effect, text) => {
    const client = await startWith({ on: 'download', times: 'always', do: effect });
    const { resultUrl } = await client.complete({ interactionIds: ['int-1'] });
    expect(await (await client.download(resultUrl)).text()).toBe(text);
  });

  it('holds one item that does not parse', async () => {
    const text = await (await resultOf({ badItem: 'syntax' }, 'int-2')).text();
    expect(() => JSON.parse(text)).toThrow();
    expect(idsOf(text.replace('undefined', 'null'))).toEqual(['int-1', 'int-2', 'int-3']);
  });

  it('holds one item of invalid bytes, one too deep, one that is no artifact', async () => {
    expect(await (await resultOf({ badItem: 'utf8' }, 'int-2')).text()).toContain('\uFFFD');
    await simulator.close();
    expect(await (await resultOf({ badItem: 'deep' })).text()).toContain('['.repeat(100_000));
    await simulator.close();
    expect(await (await resultOf({ badItem: 'shape' })).text()).toContain('"interactionId":42');
  });

  it('has a byte order mark, another content type, and blanks behind it', async () => {
    const answer = await resultOf({ bom: true, contentType: 'text/plain', padTo: 1_000_000 });
    expect(answer.headers.get('content-type')).toBe('text/plain');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.length).toBeGreaterThan(1_000_000);
  });
});

describe('a faults file', () => {
  const write = async (text: string) => {
    const path = join(await mkdtemp(join(tmpdir(), 'faults-')), 'faults.json');
    await writeFile(path, text);
    return path;
  };

  it('is read', async () => {
    const faults = [{ on: 'poll', match: { jobOrdinal: 1 }, times: 'always', do: { jobStatus: 'stuck' } }];
    expect(await readFaults(await write(JSON.stringify(faults)))).toEqual(faults);
  });

  it.each<[unknown, RegExp]>([
    [{}, /the list/],
    [[{ on: 'login', do: {} }], /\[0\]\.on.*token, submit, poll, download, search/],
    [[{ on: 'poll', do: { jobStatus: 'lost' } }], /\[0\]\.do\.jobStatus.*"failed".*"stuck"/],
    [[{ on: 'token', do: { truncateAt: 1 } }], /\[0\]\.do.*truncateAt/],
    [[{ on: 'submit', times: 0, do: {} }], /\[0\]\.times/],
    [[{ on: 'submit', do: { status: 99 } }], /\[0\]\.do\.status.*200/],
  ])('%j is refused with the field and what is allowed', (faults, message) => {
    expect(() => parseFaults(faults, 'faults.json')).toThrow(message);
  });

  it('that is not JSON is refused', async () => {
    await expect(readFaults(await write('nope'))).rejects.toThrow(/not JSON/);
  });
});
