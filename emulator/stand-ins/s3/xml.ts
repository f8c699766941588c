/** Just enough XML for the S3 calls: writing nested elements, reading flat ones out of a request. */
import { ownValue } from '../../../lambdas/shared/lib/own-value.ts';

// Control characters are escaped too: a bare CR would be read back as LF.
const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be escaped.
  text.replace(/[<>&"\u0000-\u001f\u007f]/g, (character) => `&#${character.charCodeAt(0)};`);

type XmlContent = string | number | boolean | XmlElements | undefined;
/** Elements by name; an array repeats its element, undefined leaves it out. */
export interface XmlElements {
  [name: string]: XmlContent | XmlContent[];
}

/**
 * A document of the elements under `root`.
 *
 * @param attributes of the root, with a leading space
 * @example toXml('Error', { Code: 'NoSuchKey' }) // '<?xml …?>\n<Error><Code>NoSuchKey</Code></Error>'
 */
export function toXml(root: string, elements: XmlElements, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes}>${writeElements(elements)}</${root}>`;
}

const writeElements = (elements: XmlElements): string =>
  Object.entries(elements)
    .flatMap(([name, content]) => (Array.isArray(content) ? content : [content]).map((one) => writeOne(name, one)))
    .join('');

function writeOne(name: string, content: XmlContent): string {
  if (content === undefined) return '';
  return `<${name}>${typeof content === 'object' ? writeElements(content) : escapeXml(String(content))}</${name}>`;
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ownValue(NAMED, name ?? '') ?? whole;
  });

/**
 * The inner XML of each element of this name, in order.
 *
 * @example elementsOf('<A>1</A><A>2</A>', 'A') // ['1', '2']
 */
export function elementsOf(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g');
  return [...xml.matchAll(pattern)].map((found) => found[1] ?? '');
}

/**
 * The text of the first element of this name.
 *
 * @example textOf('<Key>a&amp;b</Key>', 'Key') // 'a&b'
 */
export function textOf(xml: string, name: string): string | undefined {
  const inner = elementsOf(xml, name)[0];
  return inner === undefined ? undefined : unescapeXml(inner);
}
