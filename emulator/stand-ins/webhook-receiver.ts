import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { BodyTooLarge, type RunningServer, readBody, sendJson, startServer } from './start-server.ts';

/** What the receiver does instead of accepting. Rules are tried in order; the first that applies wins. */
interface ReceiverRule {
  /** Applies to the nth request in all (from 1) and the following ones; 1 if left out. */
  from?: number;
  /** Last request in all it applies to; open-ended if left out. */
  to?: number;
  /** Applies to the nth attempt of each id only. */
  attempt?: number;
  /** Applies to this id only. */
  id?: string;
  /** How often it applies; without limit if left out. */
  times?: number;
  do: {
    /** Answers this status; 200 if left out. */
    status?: number;
    /** `Retry-After` as it stands: seconds, an HTTP date, or rubbish. */
    retryAfter?: string | number;
    /** `Location`, for a 3xx. */
    location?: string;
    /** Waits before it answers. */
    delayMs?: number;
    /** Destroys the socket instead of answering. */
    reset?: boolean;
    /** Takes the event (it counts as received) before it misbehaves: a time-out after processing. */
    afterReceiving?: boolean;
  };
}

interface ReceivedEvent {
  /** `webhook-id`, else `X-Request-ID`. */
  id: string;
  bytes: number;
  receivedAt: string;
  /** Which attempt of this id it was, from 1. */
  attempt: number;
  /** The answer; 0 when the socket was destroyed. */
  status: number;
  /** True when a Standard Webhooks signature was checked and held. */
  verified: boolean;
  /** Parsed body, with `keepBodies`. */
  body?: unknown;
}

interface WebhookRequest {
  id: string | undefined;
  status: number;
  /** Why it was refused; never a part of the body. */
  problem?: string;
  at: string;
}

export interface WebhookReceiverOptions {
  port?: number;
  /** Appends each received event to `<dir>/received.jsonl`, its body included. */
  dir?: string;
  /** `whsec_…`; several during a rotation. With one, unsigned requests are refused. */
  secret?: string | string[];
  behaviour?: ReceiverRule[];
  /** Keeps parsed bodies in `.received`; off by default so that memory stays flat. */
  keepBodies?: boolean;
  /** Bodies above it get 413; 32 MiB by default. */
  maxBytes?: number;
}

export interface WebhookReceiver extends RunningServer {
  /** Accepted events, duplicates included, in order. */
  received: ReceivedEvent[];
  uniqueIds: Set<string>;
  /** Accepted events whose id had been accepted before. */
  readonly duplicates: number;
  /** Every request with its answer. */
  requests: WebhookRequest[];
  /** Replaces the rules. */
  behave(rules: ReceiverRule[]): void;
  /** Destroys every connection until {@link WebhookReceiver.up}. */
  down(): void;
  up(): void;
  /** Replaces the secret or secrets that signatures are checked with. */
  setSecret(secret: string | string[]): void;
  /** Rejects, once all is closed, with what kept the received events from being written down. */
  close(): Promise<void>;
}

/**
 * A webhook endpoint that checks what it is sent (POST, JSON content type, a body that parses, an id, the signature)
 * and records what it accepts. Refusals: 405 method, 415 content type, 400 body or id, 401 signature, 413 size.
 *
 * @example const receiver = await startWebhookReceiver({ secret }); // receiver.received: what was accepted so far
 */
export async function startWebhookReceiver(options: WebhookReceiverOptions = {}): Promise<WebhookReceiver> {
  let rules = (options.behaviour ?? []).map(withCounter);
  let verifiers = toVerifiers(options.secret);
  let isDown = false;
  const attempts = new Map<string, number>();
  const received: ReceivedEvent[] = [];
  const uniqueIds = new Set<string>();
  const requests: WebhookRequest[] = [];
  const log = options.dir === undefined ? undefined : openLog(options.dir);
  const logged = log && finished(log);
  // Reported by `close`: a full disk must not end the process in the middle of a run.
  logged?.catch(() => {});

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isDown) {
      requests.push({ id: idOf(request.headers), status: 0, problem: 'down', at: new Date().toISOString() });
      request.socket.destroy();
      return;
    }
    const text = await readText(request, options.maxBytes ?? 32 * 1024 * 1024);
    const checked = text === undefined ? { problem: refusal(413, 'the body is too large') } : check(request, text);
    const { id, body, verified = false, problem } = checked as Checked;
    const entry: WebhookRequest = { id, status: problem?.status ?? 200, at: new Date().toISOString() };
    requests.push(entry);
    if (problem !== undefined || id === undefined || text === undefined) {
      entry.problem = problem?.message ?? 'refused';
      sendJson(response, entry.status, { error: entry.problem });
      return;
    }
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    const effect = ruleFor(rules, { ordinal: requests.length, attempt, id })?.do ?? {};
    const status = effect.reset === true ? 0 : (effect.status ?? 200);
    entry.status = status;
    if ((status >= 200 && status < 300) || effect.afterReceiving === true) {
      const event: ReceivedEvent = {
        id,
        bytes: Buffer.byteLength(text),
        receivedAt: entry.at,
        attempt,
        status,
        verified,
      };
      log?.write(`${JSON.stringify({ ...event, body })}\n`);
      received.push(options.keepBodies === true ? { ...event, body } : event);
      uniqueIds.add(id);
    }
    if (effect.delayMs !== undefined) await sleep(effect.delayMs, undefined, { ref: false });
    if (effect.reset === true) {
      request.socket.destroy();
      return;
    }
    const headers: Record<string, string> = {};
    if (effect.retryAfter !== undefined) headers['retry-after'] = String(effect.retryAfter);
    if (effect.location !== undefined) headers.location = effect.location;
    sendJson(response, status, { received: status < 300 }, headers);
  }

  function check(request: IncomingMessage, text: string): Checked {
    const id = idOf(request.headers);
    if (request.method !== 'POST') return { id, problem: refusal(405, 'the method must be POST') };
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return { id, problem: refusal(415, 'the content type must be application/json') };
    }
    if (text === '') return { id, problem: refusal(400, 'the body is empty') };
    const parsed = tryParse(text);
    if (parsed === undefined) return { id, problem: refusal(400, 'the body is not JSON') };
    if (id === undefined) return { id, problem: refusal(400, 'webhook-id or X-Request-ID is missing') };
    const requestId = request.headers['x-request-id'];
    if (requestId !== undefined && requestId !== id) {
      return { id, problem: refusal(400, 'webhook-id and X-Request-ID differ') };
    }
    if (verifiers.length === 0) return { id, body: parsed.value };
    if (!verifiers.some((verifier) => isSignedFor(verifier, text, request.headers))) {
      return { id, problem: refusal(401, 'the signature does not verify') };
    }
    return { id, body: parsed.value, verified: true };
  }

  const server = await startServer(handle, { port: options.port ?? 0 });
  return {
    ...server,
    async close() {
      await server.close();
      log?.end();
      await logged;
    },
    received,
    uniqueIds,
    requests,
    get duplicates() {
      return received.length - uniqueIds.size;
    },
    behave(next) {
      rules = next.map(withCounter);
    },
    down() {
      isDown = true;
    },
    up() {
      isDown = false;
    },
    setSecret(secret) {
      verifiers = toVerifiers(secret);
    },
  };
}

interface Checked {
  id: string | undefined;
  body?: unknown;
  verified?: boolean;
  problem?: { status: number; message: string };
}

const refusal = (status: number, message: string) => ({ status, message });

type CountedRule = ReceiverRule & { used: number };
const withCounter = (rule: ReceiverRule): CountedRule => ({ ...rule, used: 0 });

function ruleFor(rules: CountedRule[], at: { ordinal: number; attempt: number; id: string }): CountedRule | undefined {
  const rule = rules.find(
    ({ from = 1, to = Number.POSITIVE_INFINITY, attempt, id, times = Number.POSITIVE_INFINITY, used }) =>
      at.ordinal >= from &&
      at.ordinal <= to &&
      (attempt === undefined || attempt === at.attempt) &&
      (id === undefined || id === at.id) &&
      used < times,
  );
  if (rule !== undefined) rule.used += 1;
  return rule;
}

const toVerifiers = (secret: string | string[] | undefined): Webhook[] =>
  (secret === undefined ? [] : [secret]).flat().map((one) => new Webhook(one));

function isSignedFor(verifier: Webhook, text: string, headers: IncomingHttpHeaders): boolean {
  try {
    verifier.verify(text, headers as Record<string, string>, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function idOf(headers: IncomingHttpHeaders): string | undefined {
  const id = headers['webhook-id'] ?? headers['x-request-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

async function readText(request: IncomingMessage, limit: number): Promise<string | undefined> {
  try {
    return (await readBody(request, limit)).toString('utf8');
  } catch (error) {
    if (error instanceof BodyTooLarge) return undefined;
    throw error;
  }
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function openLog(dir: string): WriteStream {
  mkdirSync(dir, { recursive: true });
  return createWriteStream(join(dir, 'received.jsonl'), { flags: 'a' });
}
