/** Holds every call that the functions made against their roles and the bucket's policy: the stand-ins refuse nothing. */

import { STATE_MACHINES } from '../../../emulator/engine/run-execution.ts';
import type { Sandbox } from '../../../emulator/sandbox/start-sandbox.ts';
import type { S3Request } from '../../../emulator/stand-ins/s3/start-s3.ts';
import { CONDITIONAL_KEYS } from '../../../infra/constructs/bucket-rules.ts';
import { TASK_NAMES } from '../../../infra/task-table.ts';
import { type AccessRow, roleRows } from '../../../scripts/docs/access-table.ts';
import { synthesiseTemplate } from '../../../scripts/docs/template.ts';
import { FIXTURE_HANDLERS } from '../../infra/template.ts';

interface Permission {
  action: string;
  /** As the access table writes it. */
  resource: string;
}

/** The role of a caller; undefined for whoever is not part of the stack, such as the test itself. */
function roleOf(caller: string): string | undefined {
  if (caller === STATE_MACHINES) return 'ExtractionTranscriptExtraction';
  return TASK_NAMES.find((task) => caller.includes(`-${task}Function`));
}

const WRITES = new Set(['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload']);
const ACTIONS: Record<string, string> = {
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  DeleteObject: 's3:DeleteObject',
};

/** Calls that make an object, of which alone a condition is asked: the parts of a large upload carry none. */
const CREATIONS = new Set(['PutObject', 'CompleteMultipartUpload']);

/** What AWS asks of the role for a call (Service Authorization Reference, and the guide to conditional writes). */
function permissionsFor({ operation, key, status, condition }: S3Request): Permission[] {
  const bucket = { action: 's3:ListBucket', resource: 'DataLakeBucket' };
  if (operation === 'ListObjectsV2') return [bucket];
  if (operation === 'ListObjectVersions') return [{ action: 's3:ListBucketVersions', resource: 'DataLakeBucket' }];
  // Keys and versions are in its body; the pipeline deletes old versions of parts only.
  if (operation === 'DeleteObjects') {
    return [{ action: 's3:DeleteObjectVersion', resource: 'DataLakeBucket/transcripts/' }];
  }
  const object = (action: string) => ({ action, resource: `DataLakeBucket/${key}` });
  if (WRITES.has(operation)) {
    return [object('s3:PutObject'), ...(condition === 'if-match' ? [object('s3:GetObject')] : [])];
  }
  // Without leave to list, S3 says 403 of an object that is not there.
  return [object(ACTIONS[operation] ?? operation), ...(status === 404 ? [bucket] : [])];
}

const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);

const isBlind = ({ operation, key, condition }: S3Request) =>
  CREATIONS.has(operation) && condition === undefined && CONDITIONAL_KEYS.some((pattern) => matches(pattern, key));

/** Whether the call would write over an object where its role may only create. */
const overwrites = (rows: readonly AccessRow[], role: string, { operation, key, condition }: S3Request) =>
  CREATIONS.has(operation) &&
  condition !== 'if-none-match' &&
  rows.some(
    (row) =>
      row.who === role &&
      row.effect === 'Deny' &&
      row.condition.includes('Null s3:if-none-match: true') &&
      matches(row.resource, `DataLakeBucket/${key}`),
  );

function isGranted(rows: readonly AccessRow[], role: string, { action, resource }: Permission): boolean {
  return rows.some(
    (row) =>
      row.who === role &&
      row.effect === 'Allow' &&
      row.actions.split(', ').includes(action) &&
      matches(row.resource, resource),
  );
}

/** `role action resource` of each call that AWS would have refused, each once. */
export function refusedCalls({ s3, secrets }: Pick<Sandbox, 's3' | 'secrets'>): string[] {
  const rows = roleRows(synthesiseTemplate({}, FIXTURE_HANDLERS));
  const refused = new Set<string>();
  for (const request of s3.requests) {
    const role = roleOf(request.caller);
    if (role === undefined || request.operation === 'unknown') continue;
    for (const permission of permissionsFor(request)) {
      if (!isGranted(rows, role, permission)) refused.add(`${role} ${permission.action} ${permission.resource}`);
    }
    if (isBlind(request)) refused.add(`${role} blind write ${request.key}`);
    if (overwrites(rows, role, request)) refused.add(`${role} overwrites ${request.key}`);
  }
  for (const { caller, secretId } of secrets.requests) {
    const role = roleOf(caller);
    const secret = /:secret:[\w-]+-([A-Za-z]+)[0-9A-F]{8}-\w{6}$/.exec(secretId)?.[1] ?? secretId;
    const permission = { action: 'secretsmanager:GetSecretValue', resource: secret };
    if (role !== undefined && !isGranted(rows, role, permission)) refused.add(`${role} ${permission.action} ${secret}`);
  }
  return [...refused].sort();
}
