/** Parsers for command-line values; commander prints their messages beside the option's name. */
import { InvalidArgumentError } from 'commander';
import { RunId } from '../../lambdas/shared/contracts/ids.ts';

/**
 * A parser of whole numbers from `minimum` to `maximum`.
 *
 * @throws InvalidArgumentError (the parser) for anything else
 * @example wholeNumber(1, 100)('20') // 20
 */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`);
  };
}

/**
 * A parser of one of the values.
 *
 * @throws InvalidArgumentError (the parser) for anything else, naming them
 * @example choice(['parked', 'all'])('all') // 'all'
 */
export function choice<Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const value = values.find((one) => one === text);
    if (value !== undefined) return value;
    throw new InvalidArgumentError(`It must be one of ${values.join(', ')}.`);
  };
}

/**
 * A parser of absolute http or https URLs, as the pipeline itself would accept them.
 *
 * @throws InvalidArgumentError (the parser) for anything else
 * @example serviceUrl(isSecureUrl)('http://example.com') // InvalidArgumentError
 */
export function serviceUrl(isAllowed: (url: URL) => boolean): (text: string) => string {
  return (text) => {
    if (URL.canParse(text) && isAllowed(new URL(text))) return text;
    throw new InvalidArgumentError('It must be an https URL without credentials (http only on this machine).');
  };
}

/**
 * The path of a file or folder as it stands.
 *
 * @throws InvalidArgumentError for an empty one, which would mean the current folder
 * @example path('out') // 'out'
 */
export function path(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

/**
 * The name as it stands, if Step Functions accepts it for an execution.
 *
 * @throws InvalidArgumentError for any other name
 * @example runName('daily 1') // InvalidArgumentError
 */
export function runName(text: string): string {
  if (RunId.safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be 1 to 80 letters, digits, _ or -.');
}
