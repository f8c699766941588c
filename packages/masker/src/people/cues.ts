/** Phrases that say that a name follows. */

import { LETTERS, SIGN, type Word } from '../lexicon/words.ts';
import { wordsOf } from '../text/word-groups.ts';

/**
 * What a phrase makes of the word behind it: `introduced` says that it is a name ("my name is"), `met` that it may be one
 * ("this is"), `greeted` that it is one if it looks like one at all ("hi"), `related` whose it is ("my wife").
 */
export type Cue = 'introduced' | 'met' | 'spoken to' | 'greeted' | 'related';

const PHRASES: Readonly<Record<Cue, readonly string[]>> = {
  introduced: [
    'name is',
    'name was',
    'names is',
    'name would be',
    'name should be',
    'name as',
    'name on it is',
    'name of',
    'name on the account is',
    'names',
    'my name',
    'full name',
    'first name',
    'last name',
    'middle name',
    'maiden name',
    'family name',
    'given name',
    'surname',
    'surname is',
    'lastname',
    'firstname',
    'fullname',
    'last name is',
    'goes by',
    'go by',
    'call me',
    'known as',
    'account holder is',
    'cardholder is',
    'cardholder',
    'account holder',
    'holder name',
    'customer name',
    'caller name',
    'patient name',
    'agent name',
    'contact name',
    'contact person',
    'emergency contact is',
    'policy holder',
    'policyholder',
    'passenger name',
    'beneficiary is',
    'name on the card is',
    'name on the card',
  ],
  met: [
    'this is',
    'it is',
    'its',
    'im',
    'i am',
    'thats',
    'that is',
    'is this',
    'is that',
    'you are',
    'named',
    'called',
    'attn',
    'attention',
    'care of',
    'signed by',
    'assisted by',
    'helped by',
    'on behalf of',
    'behalf of',
    'here is',
    'and im',
    'passenger',
    'patient',
    'beneficiary',
    'sent by',
    'written by',
    'assigned to',
    'handled by',
    'spouse is',
    'manager is',
    'supervisor is',
  ],
  'spoken to': [
    'speaking with',
    'speaking to',
    'speak with',
    'speak to',
    'talking to',
    'talking with',
    'talk to',
    'talk with',
    'talked to',
    'talked with',
    'spoke with',
    'spoke to',
    'spoken with',
    'spoken to',
    'chatting with',
    'connected with',
    'connected to',
    'ask for',
    'asked for',
    'transfer you to',
    'transferring you to',
    'connect you to',
    'connect you with',
    'speaking is',
    'meet with',
    'through to',
    'was under',
    'is under',
    'its under',
    'booked under',
    'listed under',
    'hold for',
  ],
  greeted: [
    'hi',
    'hello',
    'hey',
    'hiya',
    'gday',
    'ty',
    'thx',
    'tks',
    'dear',
    'thanks',
    'thank you',
    'thank you so much',
    'thank you very much',
    'thanks a lot',
    'morning',
    'afternoon',
    'evening',
    'bye',
    'goodbye',
    'welcome',
    'sorry',
    'okay',
    'ok',
    'alright',
    'all right',
    'please',
    'yes',
    'no',
    'sure',
    'great',
    'perfect',
    'wonderful',
    'to meet you',
    'you too',
    'so',
    'well',
    'good day',
    'night',
    'cheers',
  ],
  related: [
    'husband',
    'wife',
    'son',
    'daughter',
    'mother',
    'father',
    'mom',
    'mum',
    'dad',
    'sister',
    'brother',
    'partner',
    'friend',
    'boss',
    'cousin',
    'aunt',
    'uncle',
    'nephew',
    'niece',
    'grandson',
    'granddaughter',
    'grandmother',
    'grandfather',
    'neighbour',
    'neighbor',
    'colleague',
    'supervisor',
    'manager',
    'fiance',
    'fiancee',
    'boyfriend',
    'girlfriend',
    'roommate',
    'landlord',
    'stepson',
    'stepdaughter',
    'agent',
    'representative',
    'advisor',
    'adviser',
    'technician',
  ],
};

interface Phrase {
  readonly words: readonly string[];
  readonly cue: Cue;
}

/** By the last word, the longest first. */
const BY_LAST = new Map<string, Phrase[]>();
for (const [cue, phrases] of Object.entries(PHRASES) as [Cue, readonly string[]][])
  for (const phrase of phrases) {
    const words = phrase.split(' ');
    const last = words.at(-1) ?? '';
    BY_LAST.set(
      last,
      [...(BY_LAST.get(last) ?? []), { words, cue }].sort((a, b) => b.words.length - a.words.length),
    );
  }

/** Whose name it is not: things, companies and animals have names, too. */
const NOT_OF_PEOPLE = new Set(
  wordsOf({
    companies:
      'company companys business businesses institution organization organisation bank banks store shop hotel hospital restaurant brand team',
    things:
      'product file user screen domain host computer network wifi server event model app generic trade common street road item device building',
    medicine: 'medication medications drug medicine medicines condition disease',
    animals: 'dog dogs cat cats pet pets puppy puppys kitten horse',
  }),
);

/** May stand between the phrase and the name. */
const BETWEEN = new Set(
  wordsOf({
    hesitations: 'um uh er erm ah like well',
    adverbs: 'also actually just is its',
    titles: 'doctor dr mr mrs ms miss',
  }),
);
const SIGNS_BETWEEN = new Set([',', ':', '.', '-', '\u2013', '\u2026', '"', '\u201c']);
/** Words and signs that may stand between. */
const REACH = 5;

/** The phrase that ends at a word; undefined for none. */
export function cueAt(words: readonly Word[], at: number): Cue | undefined {
  const word = words[at] as Word;
  // "my name's": the owner's mark is the verb.
  if (word.text === 'name' && word.owner) return isOfPeople(words, at) ? 'introduced' : undefined;
  for (const phrase of BY_LAST.get(word.text) ?? []) {
    const from = at - phrase.words.length + 1;
    if (from < 0 || !phrase.words.every((one, index) => words[from + index]?.text === one)) continue;
    if (phrase.cue === 'introduced' && !isOfPeople(words, from)) return undefined;
    return phrase.cue;
  }
  // "name priyanka": nothing else before it.
  if (
    word.text === 'name' &&
    (word.opens || words[at + 1]?.text === ':' || words[at - 1]?.text === 'your' || words[at - 1]?.owner)
  )
    return isOfPeople(words, at) ? 'introduced' : undefined;
  return undefined;
}

function isOfPeople(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return before === undefined || !NOT_OF_PEOPLE.has(before.text);
}

/** The index of the word behind a phrase, over hesitations, titles and signs; -1 when the text ends before. */
export function wordBehind(words: readonly Word[], cue: number, reach = REACH): number {
  let at = cue + 1;
  for (let passed = 0; passed < reach && at < words.length; passed++, at++) {
    const word = words[at] as Word;
    if (word.kind === LETTERS ? !BETWEEN.has(word.text) : word.kind !== SIGN || !SIGNS_BETWEEN.has(word.text)) break;
  }
  return words[at]?.kind === LETTERS ? at : -1;
}
