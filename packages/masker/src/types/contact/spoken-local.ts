/** The part of a spoken address before its sign: "j o h n dot smith", "b as in boy", "info". */

import { isNumberEntry } from '../../text/lexicon.ts';
import { DIGITS, endsLine, PUNCTUATION, type Tokens, WORD } from '../../text/tokens.ts';
import { wordsOf } from '../../text/word-groups.ts';
import type { Domain } from './spoken-domain.ts';
import { CLOSING, OPENING } from './spoken-signs.ts';

/** Mailboxes of a role, not of a person. */
export const ROLES = new Set(
  wordsOf({
    information: 'info hello press media feedback',
    help: 'sales support help contact service services reception customerservice customercare',
    offices: 'admin office mail team webmaster postmaster noreply security legal',
    staff: 'hr jobs careers payroll marketing',
    money: 'billing accounts accounting finance orders enquiries inquiries',
  }),
);
/** Words that end a local part: they belong to the sentence, not to the address. */
const STOPS = new Set(
  wordsOf({
    articles: 'a an the this that these',
    being: 'is its it thats was are be been',
    having: 'have has had get got getting can could will would should',
    pronouns: 'my your our his her their me us you him them i we he she they one',
    prepositions: 'to on at in of for from by with under up down over back out home',
    conjunctions: 'and or but so if then than as',
    addresses: 'email emails mail address addresses e cc bcc forward account user username name named',
    writing:
      'send sent sending write writing reach reached contact contacting use using used try put call called post posted read',
    assent: 'yes yeah yep ok okay sure right well like just please thanks thank hey hi hello',
    hesitations: 'um uh er',
    adverbs: 'here there now not again best correct more once least all first last most any',
    looking: 'going go goes visit look looking find found check see seen',
    buying: 'shop shopping buy bought order ordered ordering store stores available',
    places: 'online site website web page located live lives stay staying sits sitting meet work works working worked',
    accounts: 'login log sign signed signup registered listed',
    spelling: 'spelled spell lowercase uppercase caps',
    times: 'day night time',
  }),
);

/** Signs of a local part, in words or as they stand. */
const CONNECTORS = new Set(
  wordsOf({
    dots: 'dot . period point punto',
    underscores: 'underscore _',
    dashes: 'dash hyphen - minus',
    pluses: 'plus +',
  }),
);
/** What people say between the parts they spell. */
const ASIDES = new Set(
  wordsOf({
    hesitations: 'uh um er ,',
    capitals: 'lowercase uppercase capital small lower upper case',
    kinds: 'letter number numeral symbol sign',
    spaces: 'space no spaces word',
    links: 'the thats then',
  }),
);

/**
 * The first token of the local part that ends before token `end`; undefined for none.
 *
 * @param floor the first token that may belong to it
 * @param context whether the text speaks of an e-mail address
 * @example of "it is john dot smith at gmail dot com", the token of "at" -> the token of "john"
 */
export function localBefore(
  tokens: Tokens,
  end: number,
  floor: number,
  context: boolean,
  domain: Domain,
): number | undefined {
  let at = context || domain.provider ? beforeAside(tokens, end, floor) : end;
  let first: number | undefined;
  let evidence = false;
  let words = 0;
  let lastWord = '';
  let linked = true;
  while (at >= floor && end - at < 60) {
    const word = tokens.words[at] ?? '';
    const kind = tokens.kinds[at];
    if (first !== undefined && endsLine(tokens, at)) break;
    const connector = connectorBefore(tokens, at, floor);
    if (connector !== undefined) {
      if (first === undefined) {
        // A connector right before the sign ends a sentence, unless it is an underscore.
        if (word !== '_' && word !== 'underscore') return undefined;
      }
      if (
        word === '.' &&
        (tokens.starts[at + 1] ?? 0) > (tokens.ends[at] ?? 0) &&
        (tokens.starts[at] ?? 0) === (tokens.ends[at - 1] ?? -1)
      )
        break;
      linked = true;
      evidence = true;
      at = connector - 1;
      continue;
    }
    if (kind === PUNCTUATION) {
      if (word !== ',' || first === undefined) break;
      at--;
      continue;
    }
    // "b as in boy", "n like nancy", "m for mary"
    const spelled = spelledBefore(tokens, at);
    if (spelled !== undefined && spelled >= floor) {
      first = spelled;
      evidence = true;
      linked = false;
      at = spelled - 1;
      continue;
    }
    const isLetter = kind === WORD && word.length === 1;
    const isNumber = kind === DIGITS || isNumberEntry(tokens.entries[at]);
    if (isLetter || isNumber) {
      if (isLetter && (word === 'i' || word === 'a') && !linked && !isSpelledNeighbour(tokens, at)) break;
      // An initial: "j smith at acme dot com".
      const isInitial = isLetter && first !== undefined && word !== 'i' && word !== 'a' && isStart(tokens, at);
      first = at;
      evidence ||= isNumber || isInitial || isSpelledNeighbour(tokens, at);
      linked = false;
      at--;
      continue;
    }
    if (!linked && ASIDES.has(word) && first !== undefined && isSpellingAhead(tokens, at - 1)) {
      at--;
      continue;
    }
    const isRole = first === undefined && domain.complete && ROLES.has(word);
    if (!isRole && STOPS.has(word) && !(linked && first !== undefined && !/^(?:is|its|at|my|email|to|the)$/.test(word)))
      break;
    if (!linked && (words >= 3 || (!context && !domain.provider && !evidence))) break;
    words++;
    lastWord = word;
    first = at;
    linked = false;
    at--;
  }
  if (first === undefined) return undefined;
  // Without any sign of an address a lone word "at acme dot com" is a place, not a mailbox.
  if (!evidence && !context && !domain.provider && !ROLES.has(lastWord)) return undefined;
  if (!domain.complete && !evidence && !context) return undefined;
  return first;
}

/** Whether a token begins a clause: nothing, a sign or a line's end before it, or a word that is no part of an address. */
function isStart(tokens: Tokens, at: number): boolean {
  return (
    at === 0 ||
    tokens.kinds[at - 1] === PUNCTUATION ||
    STOPS.has(tokens.words[at - 1] ?? '') ||
    endsLine(tokens, at - 1)
  );
}

/** Words of a remark on the spelling. */
const REMARKS = new Set(['all', 'one', 'word', 'no', 'spaces', 'lower', 'case', 'lowercase', 'together', 'caps', ',']);
/** Words that a remark on the spelling ends with. */
const REMARK_ENDS = new Set(['word', 'spaces', 'case', 'lowercase', 'together', 'caps']);

/** The token before a remark on the spelling: "ana lopez, all one word, at …". */
function beforeAside(tokens: Tokens, end: number, floor: number): number {
  let at = end;
  if (tokens.words[at] === ',') at--;
  if (!REMARK_ENDS.has(tokens.words[at] ?? '')) return at;
  while (at > floor && end - at < 6 && REMARKS.has(tokens.words[at] ?? '')) at--;
  return at;
}

function connectorBefore(tokens: Tokens, at: number, floor: number): number | undefined {
  const word = tokens.words[at] ?? '';
  if (CONNECTORS.has(word)) return at;
  if (
    CLOSING.has(word) &&
    at - 2 >= floor &&
    CONNECTORS.has(tokens.words[at - 1] ?? '') &&
    OPENING.has(tokens.words[at - 2] ?? '')
  )
    return at - 2;
  return undefined;
}

function spelledBefore(tokens: Tokens, at: number): number | undefined {
  const { words, kinds } = tokens;
  if (kinds[at] !== WORD || (words[at] ?? '').length < 2) return undefined;
  const letter = (i: number): boolean => i >= 0 && kinds[i] === WORD && (words[i] ?? '').length === 1;
  if (words[at - 1] === 'in' && words[at - 2] === 'as' && letter(at - 3)) return at - 3;
  if ((words[at - 1] === 'like' || words[at - 1] === 'for') && letter(at - 2)) return at - 2;
  if (words[at - 1] === 'in' && words[at - 2] === 'is' && letter(at - 3)) return at - 3;
  return undefined;
}

function isSpelledNeighbour(tokens: Tokens, at: number): boolean {
  const letter = (i: number): boolean => tokens.kinds[i] === WORD && (tokens.words[i] ?? '').length === 1;
  return (
    letter(at - 1) ||
    letter(at + 1) ||
    tokens.words[at - 1] === ',' ||
    CONNECTORS.has(tokens.words[at - 1] ?? '') ||
    (tokens.words[at + 1] === 'as' && tokens.words[at + 2] === 'in')
  );
}

function isSpellingAhead(tokens: Tokens, at: number): boolean {
  const word = tokens.words[at] ?? '';
  return word.length === 1 || isNumberEntry(tokens.entries[at]) || CONNECTORS.has(word) || tokens.kinds[at] === DIGITS;
}
