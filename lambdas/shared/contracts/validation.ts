/** Turns zod's findings into one sentence that names the fields and never quotes a value. */
import type { z } from 'zod';
import { PipelineError, type PipelineErrorName } from './errors.ts';

const MAX_ISSUES = 10;
const PLAIN_FIELD_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,40}$/;

function describePath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) =>
      typeof part === 'number' ? `[${part}]` : PLAIN_FIELD_NAME.test(String(part)) ? `.${String(part)}` : '.?',
    )
    .join('');
  return text.startsWith('.') ? text.slice(1) : text;
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = describePath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    // A key came from outside: it is named only if it looks like a field name, not like content.
    return issue.keys.map((key) => {
      const field = PLAIN_FIELD_NAME.test(key) ? key : 'a field';
      return `${path ? `${path}.` : ''}${field} is not a known field`;
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that came closest has the fewest complaints: its words help, all of them would not.
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    return closest.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  return [`${path || 'value'}: ${issue.message}`];
}

/**
 * Every fault of a zod error as `field: what is allowed`, at most ten of them.
 *
 * @example describeIssues(z.object({ batch: z.int() }).safeParse({}).error) // 'batch: Invalid input: expected number, received undefined'
 */
export function describeIssues(error: z.ZodError): string {
  const lines = error.issues.flatMap(describeIssue);
  const more = lines.length > MAX_ISSUES ? [`and ${lines.length - MAX_ISSUES} more`] : [];
  return [...lines.slice(0, MAX_ISSUES), ...more].join('; ');
}

/**
 * The value as `schema` reads it.
 *
 * @param what names what is validated in the message, as in "execution input"
 * @throws PipelineError `errorName` with every fault listed
 * @example parseOrThrow(RunId, 'a/b', 'InputInvalid', 'run') // throws `Invalid run: value: must be 1 to 80 letters, digits, _ or -`
 */
export function parseOrThrow<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  errorName: PipelineErrorName,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PipelineError(errorName, `Invalid ${what}: ${describeIssues(result.error)}`);
}
