/**
 * Values inside of a text that something names: elements and attributes of XML and HTML, parameters of addresses and of
 * connection strings. They read like members: `<ssn>…</ssn>`, `?cardNumber=…`, `Pwd=…;`.
 */
import type { TermKind } from '../model/type-table.ts';
import type { NameMeanings } from './name-meaning.ts';

/** A value in a text, and what its name says of it. */
export interface NamedPart {
  readonly start: number;
  readonly end: number;
  readonly kinds: readonly TermKind[];
  readonly stays: boolean;
}

const ELEMENT = /<([A-Za-z][\w:.-]{0,40})((?:\s[^<>]{0,200})?)>([^<>]{1,200})<\/[A-Za-z][\w:.-]{0,40}>/g;
const ATTRIBUTE = /(?<=[\s<])([A-Za-z][\w:.-]{1,40})\s?=\s?"([^"<>]{1,200})"/g;
const PARAMETER = /(?<=^|[?&;\s])([A-Za-z][\w.-]{1,40})=([^&;\s"'<>]{1,200})/g;
/** `<field name="ssn">` */
const NAME_ATTRIBUTE = /\s(?:name|id|key|label|field)\s?=\s?"([^"<>]{1,60})"/i;
/** Elements of HTML whose names say how a text looks, not what it is. */
const MARKUP = new Set(
  'code pre time data label input address mark cite meter details output var title link option select button form p b i u s q a em'.split(
    ' ',
  ),
);
/** Prefix of a namespace. */
const NAMESPACE = /^\w+:/;

/**
 * The named values of a text, in order of their kinds of name.
 *
 * @example of "<ssn>531724409</ssn>" -> [{ start: 5, end: 14, kinds: ['SSN'], stays: false }]
 */
export function namedParts(text: string, meanings: NameMeanings): NamedPart[] {
  const parts: NamedPart[] = [];
  const add = (name: string, start: number, value: string): void => {
    const { kinds, stays } = meanings.of(name.replace(NAMESPACE, ''));
    if (stays || kinds.length > 0) parts.push({ start, end: start + value.length, kinds, stays });
  };
  if (text.includes('<')) {
    for (const { 0: whole, 1: name = '', 2: attributes = '', 3: value = '', index } of text.matchAll(ELEMENT)) {
      const start = index + whole.indexOf('>') + 1;
      const own = NAME_ATTRIBUTE.exec(attributes)?.[1];
      if (own !== undefined) add(own, start, value);
      else if (!MARKUP.has(name.toLowerCase())) add(name, start, value);
    }
    for (const { 0: whole, 1: name = '', 2: value = '', index } of text.matchAll(ATTRIBUTE))
      if (!/^(?:name|id|key|label|field|class|style|href|src|type)$/i.test(name))
        add(name, index + whole.length - 1 - value.length, value);
  }
  if (text.includes('='))
    for (const { 0: whole, 1: name = '', 2: value = '', index } of text.matchAll(PARAMETER))
      add(name, index + whole.length - value.length, value);
  return parts;
}
