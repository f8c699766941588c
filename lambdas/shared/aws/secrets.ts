/** Reads secrets, keeps them in memory for a while, and reads them again when a caller says that they no longer work. */
import {
  GetSecretValueCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { PipelineError } from '../contracts/errors.ts';
import { awsDeadlines } from './deadlines.ts';

/** A secret that was rotated is seen after this long at the latest, even if the old value still works. */
const CACHE_MS = 5 * 60_000;

/** Throttling is a 400 too, told from a refusal by nothing but its name. */
const THROTTLING = /Throttl|TooManyRequests|RequestLimitExceeded/;

/** Whether the answer stays the same however often one asks: the secret is not there, or not for this role. */
function isRefusal({ name, $metadata: { httpStatusCode: status = 0 } }: SecretsManagerServiceException): boolean {
  return status >= 400 && status < 500 && status !== 429 && !THROTTLING.test(name);
}

/** A secret of Secrets Manager, checked against a schema, and kept in memory for five minutes. */
export class SecretReader<Schema extends z.ZodType> {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  readonly #schema: Schema;
  #cached: { value: z.output<Schema>; readAt: number } | undefined;

  constructor(
    secretId: string,
    schema: Schema,
    client = new SecretsManagerClient({ maxAttempts: 4, ...awsDeadlines() }),
  ) {
    this.#secretId = secretId;
    this.#schema = schema;
    this.#client = client;
  }

  /**
   * The secret's current value.
   *
   * @param options.fresh reads it again although it is in memory
   * @throws PipelineError `ConfigInvalid` when it is missing, not readable by this role, or not of the expected form;
   *   `VendorUnavailable` when Secrets Manager does not answer
   */
  async read(options: { fresh?: boolean } = {}): Promise<z.output<Schema>> {
    const now = performance.now();
    if (this.#cached && !options.fresh && now - this.#cached.readAt < CACHE_MS) return this.#cached.value;
    const value = this.#parse(await this.#fetch());
    this.#cached = { value, readAt: now };
    return value;
  }

  async #fetch(): Promise<string> {
    try {
      const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId: this.#secretId }));
      return SecretString ?? '';
    } catch (error) {
      if (!(error instanceof SecretsManagerServiceException) || !isRefusal(error)) {
        throw new PipelineError('VendorUnavailable', 'Secrets Manager did not answer');
      }
      const { name: code, $metadata } = error;
      const details = $metadata.httpStatusCode === undefined ? {} : { status: $metadata.httpStatusCode };
      throw new PipelineError('ConfigInvalid', `Secrets Manager refused to give the secret (${code})`, details);
    }
  }

  #parse(text: string): z.output<Schema> {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new PipelineError('ConfigInvalid', 'The secret is not JSON');
    }
    const result = this.#schema.safeParse(json);
    if (result.success) return result.data;
    const fields = [...new Set(result.error.issues.map((issue) => issue.path.join('.') || 'value'))];
    throw new PipelineError('ConfigInvalid', `The secret lacks valid fields: ${fields.join(', ')}`);
  }
}
