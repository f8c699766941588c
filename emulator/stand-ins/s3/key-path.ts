import { S3Error } from './errors.ts';

/** The folder beside the objects that holds their metadata, old versions and uploads; no key maps into it. */
export const SIDE_FOLDER = '.s3';

/**
 * Where a key's data lie, relative to the bucket's folder: the key itself, apart from segments that a file system cannot
 * hold or that would leave the folder (`..`, an empty one, control characters), which are percent-encoded. Reversible.
 *
 * @throws S3Error `KeyTooLongError` for what no file system can hold, `InvalidArgument` for an empty key
 * @example keyToPath('runs/../a') // 'runs/%2E./a'
 */
export function keyToPath(key: string): string {
  if (key === '') throw new S3Error('InvalidArgument', 'The key is empty.');
  if (Buffer.byteLength(key) > 1024) throw new S3Error('KeyTooLongError', 'Your key is too long');
  return key
    .split('/')
    .map((segment) => {
      const encoded = encodeSegment(segment);
      if (Buffer.byteLength(encoded) > 255) throw new S3Error('KeyTooLongError', 'A segment of the key is too long');
      return encoded;
    })
    .join('/');
}

/**
 * The key segment of a file's or folder's name.
 *
 * @example nameToSegment('%2E.') // '..'
 */
export const nameToSegment = (name: string): string =>
  name === EMPTY
    ? ''
    : name.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Stands for an empty segment: `a//b`, or the end of `folder/`. A literal % is always `%25`, so it is free. */
const EMPTY = '%';

function encodeSegment(segment: string): string {
  if (segment === '') return EMPTY;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be encoded.
  const encoded = segment.replace(/[%\\:*?"<>|\u0000-\u001f\u007f]/g, percent);
  if (encoded === '.' || encoded === '..' || encoded.startsWith(SIDE_FOLDER)) return `%2E${encoded.slice(1)}`;
  return encoded;
}

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
