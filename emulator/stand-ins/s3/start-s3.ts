import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessKeyId, type RunningServer, startServer } from '../start-server.ts';
import type { S3Answer, S3Call } from './answer.ts';
import { S3Error } from './errors.ts';
import { type S3Fault, S3FaultBook } from './faults.ts';
import { keyToPath } from './key-path.ts';
import { listObjectsV2, listObjectVersions } from './list-operations.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from './multipart-operations.ts';
import { copyObject, deleteObject, deleteObjects, getObject, headObject, putObject } from './object-operations.ts';
import { ObjectStore } from './object-store.ts';
import { routeOf, type S3Operation } from './route.ts';
import { toXml } from './xml.ts';

export interface S3StandInOptions {
  /** Holds the bucket: `<dir>/<key>` are plain files, `<dir>/.s3` is the stand-in's own. Created if missing. */
  dir: string;
  /** The one bucket there is; without it any bucket name is this one. */
  bucket?: string;
  port?: number;
  faults?: readonly S3Fault[];
}

export interface S3Request {
  operation: S3Operation | 'unknown';
  key: string;
  /** 0 when the socket was destroyed. */
  status: number;
  /** Access key id of the signature, which the stand-in does not check. */
  caller: string;
  condition?: 'if-match' | 'if-none-match';
}

export interface S3StandIn extends RunningServer {
  /** Every call in order of arrival. */
  requests: S3Request[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly S3Fault[]): void;
}

const OPERATIONS: Record<S3Operation, (call: S3Call) => Promise<S3Answer> | S3Answer> = {
  HeadBucket: () => ({ status: 200, headers: {} }),
  CreateBucket: () => ({ status: 200, headers: {} }),
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  DeleteObjects: deleteObjects,
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};

/**
 * A versioned S3 bucket over path-style requests, for the calls in {@link S3Operation}. Bodies stream to disk, writes are
 * atomic, conditions and checksums hold, also when several processes serve one folder. Signatures and permissions are not
 * checked.
 */
export async function startS3(options: S3StandInOptions): Promise<S3StandIn> {
  const store = await ObjectStore.open(resolve(options.dir));
  const faults = new S3FaultBook(options.faults ?? []);
  const requests: S3Request[] = [];

  async function answer(request: IncomingMessage, entry: S3Request): Promise<S3Answer | 'reset'> {
    const route = routeOf(request.method ?? '', request.url ?? '/', 'x-amz-copy-source' in request.headers);
    entry.operation = route.operation;
    entry.key = route.key;
    if (options.bucket !== undefined && route.bucket !== options.bucket) {
      throw new S3Error('NoSuchBucket', 'The specified bucket does not exist');
    }
    // Before the body is read: a key that no file can have is refused at once.
    if (route.key !== '') keyToPath(route.key);
    const fault = faults.take(route.operation, route.key);
    const call: S3Call = { ...route, request, store };
    if (fault === undefined) return OPERATIONS[route.operation](call);
    const done = fault.afterCommit === true ? await OPERATIONS[route.operation](call) : undefined;
    if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault.reset !== true && fault.code === undefined) return done ?? OPERATIONS[route.operation](call);
    if (done?.body instanceof Readable) done.body.destroy();
    if (fault.reset === true) return 'reset';
    throw new S3Error(fault.code ?? 'InternalError', 'The stand-in was told to fail.', fault.status);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const entry: S3Request = { operation: 'unknown', key: '', status: 0, ...describeRequest(request) };
    requests.push(entry);
    let done: S3Answer | 'reset';
    try {
      done = await answer(request, entry);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      done = errorAnswer(error, request, entry.key);
    }
    if (done === 'reset') {
      request.socket.destroy();
      return;
    }
    entry.status = done.status;
    // A client that is still sending would not read the answer.
    if (!request.complete) await finished(request.resume()).catch(() => {});
    await send(request, response, done);
  }

  const server = await startServer(handle, { port: options.port ?? 0 }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const close = async () => {
    await server.close();
    await store.close();
  };
  return { ...server, close, requests, setFaults: (next) => faults.replace(next) };
}

function describeRequest({ headers }: IncomingMessage): Pick<S3Request, 'caller' | 'condition'> {
  const caller = accessKeyId(headers.authorization);
  const condition = (['if-match', 'if-none-match'] as const).find((name) => name in headers);
  return { caller, ...(condition === undefined ? {} : { condition }) };
}

function errorAnswer(error: unknown, request: IncomingMessage, key: string): S3Answer {
  const s3Error = error instanceof S3Error ? error : new S3Error('InternalError', describe(error));
  const body = toXml('Error', {
    Code: s3Error.code,
    Message: s3Error.message,
    Key: key === '' ? undefined : key,
    Resource: request.url ?? '',
    RequestId: randomUUID(),
  });
  return { status: s3Error.status, headers: { 'content-type': 'application/xml' }, body };
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : 'The stand-in failed.');

async function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: S3Answer) {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('x-amz-request-id', randomUUID());
  if (body instanceof Readable) {
    // A reader that goes away in the middle is its own affair; one that was gone before leaves the body to be closed.
    await pipeline(body, response).catch(() => {
      body.destroy();
      response.destroy();
    });
    return;
  }
  const isBodiless = request.method === 'HEAD' || status === 204 || status === 304;
  if (!isBodiless) response.setHeader('content-length', Buffer.byteLength(body ?? ''));
  response.end(isBodiless ? undefined : body);
}
