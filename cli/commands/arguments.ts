/** Parsers for command-line values; commander prints their messages beside the option's name. */
import { InvalidArgumentError } from 'commander';
import { RunId } from '../../lambdas/shared/contracts/ids.ts';

export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`);
  };
}

export function choice<Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const value = values.find((one) => one === text);
    if (value !== undefined) return value;
    throw new InvalidArgumentError(`It must be one of ${values.join(', ')}.`);
  };
}

/** An absolute http or https URL, as the pipeline itself would accept it. */
export function serviceUrl(isAllowed: (url: URL) => boolean): (text: string) => string {
  return (text) => {
    if (URL.canParse(text) && isAllowed(new URL(text))) return text;
    throw new InvalidArgumentError('It must be an https URL without credentials (http only on this machine).');
  };
}

/** A path of a file or folder; an empty one would mean the current folder. */
export function path(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

/** A name that Step Functions accepts for an execution. */
export function runName(text: string): string {
  if (RunId.safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be 1 to 80 letters, digits, _ or -.');
}
