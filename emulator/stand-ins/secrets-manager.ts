import { randomUUID } from 'node:crypto';
import { accessKeyId, type RunningServer, readBody, sendJson, startServer } from './start-server.ts';

export interface SecretsManagerOptions {
  /** Secret strings by name or ARN. */
  secrets: Record<string, string>;
  port?: number;
}

export interface SecretsManager extends RunningServer {
  /** Writes a new AWSCURRENT version; the one before becomes AWSPREVIOUS. Creates the secret if there is none. */
  put(id: string, value: string): void;
  /** Answers the next `times` calls with this error, for example `AccessDeniedException`. */
  fail(code: string, times?: number): void;
  /** Calls so far, without any value. */
  requests: { action: string; secretId: string; status: number; caller: string }[];
}

interface Version {
  id: string;
  value: string;
  createdAt: number;
  stages: string[];
}

interface Secret {
  name: string;
  arn: string;
  versions: Version[];
}

class SecretsManagerError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** `arn:…:secret:cxone-AbCdEf` is named `cxone`; a plain name is given an ARN with a constant suffix. */
function describeId(id: string): { name: string; arn: string } {
  const fromArn = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(id)?.[1];
  if (fromArn !== undefined) return { name: fromArn.replace(/-[A-Za-z0-9]{6}$/, ''), arn: id };
  return { name: id, arn: `arn:aws:secretsmanager:us-east-1:000000000000:secret:${id}-000000` };
}

/**
 * A stand-in for AWS Secrets Manager: GetSecretValue and DescribeSecret over the real wire format, with rotation.
 * A secret is found by its name, its ARN, or its ARN without the six random characters.
 */
export async function startSecretsManager(options: SecretsManagerOptions): Promise<SecretsManager> {
  const secrets: Secret[] = [];
  const requests: SecretsManager['requests'] = [];
  const failures: string[] = [];

  const find = (id: string): Secret | undefined =>
    secrets.find(({ name, arn }) => id === name || id === arn || arn.startsWith(`${id}-`));

  const put = (id: string, value: string): void => {
    let secret = find(id);
    if (secret === undefined) {
      secret = { ...describeId(id), versions: [] };
      secrets.push(secret);
    }
    for (const version of secret.versions) {
      version.stages = version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [];
    }
    secret.versions.push({ id: randomUUID(), value, createdAt: Date.now() / 1000, stages: ['AWSCURRENT'] });
  };
  for (const [id, value] of Object.entries(options.secrets)) put(id, value);

  const call = (action: string, input: Record<string, unknown>): unknown => {
    const failure = failures.shift();
    if (failure !== undefined) throw new SecretsManagerError(failure, 'The stand-in was told to fail.');
    const secretId = input.SecretId;
    if (typeof secretId !== 'string' || secretId === '') {
      throw new SecretsManagerError('InvalidParameterException', 'SecretId must be a string of 1 character or more.');
    }
    const secret = find(secretId);
    if (secret === undefined) {
      throw new SecretsManagerError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    if (action === 'GetSecretValue') return getSecretValue(secret, input);
    if (action === 'DescribeSecret') return describeSecret(secret);
    throw new SecretsManagerError('UnknownOperationException', 'The stand-in knows GetSecretValue and DescribeSecret.');
  };

  const server = await startServer(
    async (request, response) => {
      const action = String(request.headers['x-amz-target'] ?? '').replace(/^secretsmanager\./, '');
      let secretId = '';
      const answer = (status: number, body: unknown) => {
        requests.push({ action, secretId, status, caller: accessKeyId(request.headers.authorization) });
        sendJson(response, status, body, { 'content-type': 'application/x-amz-json-1.1' });
      };
      try {
        const input = JSON.parse((await readBody(request)).toString('utf8')) as Record<string, unknown>;
        secretId = String(input.SecretId ?? '');
        answer(200, call(action, input));
      } catch (error) {
        const code = error instanceof SecretsManagerError ? error.code : 'SerializationException';
        const message = error instanceof SecretsManagerError ? error.message : 'The body is not JSON.';
        const status = /^Internal|^ServiceUnavailable/.test(code) ? 500 : 400;
        answer(status, { __type: code, Message: message });
      }
    },
    { port: options.port ?? 0 },
  );
  return { ...server, put, fail: (code, times = 1) => failures.push(...Array(times).fill(code)), requests };
}

function getSecretValue(secret: Secret, input: Record<string, unknown>): unknown {
  const stage = input.VersionStage ?? (input.VersionId === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    ({ id, stages }) =>
      (input.VersionId === undefined || id === input.VersionId) &&
      (stage === undefined || stages.includes(String(stage))),
  );
  if (version === undefined) {
    throw new SecretsManagerError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for the given version or staging label.",
    );
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    SecretString: version.value,
    VersionStages: version.stages,
    CreatedDate: version.createdAt,
  };
}

function describeSecret(secret: Secret): unknown {
  return {
    ARN: secret.arn,
    Name: secret.name,
    CreatedDate: secret.versions[0]?.createdAt,
    LastChangedDate: secret.versions.at(-1)?.createdAt,
    VersionIdsToStages: Object.fromEntries(
      secret.versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, stages]),
    ),
  };
}
