import {
  createPerson,
  PERSONAL_DATA_TYPES,
  type Person,
  type PersonalDataType,
  spoken,
  WORDINGS,
} from './personal-data.ts';
import type { Random } from './random.ts';

/** A personal value that a generated transcript holds. */
export interface PlantedValue {
  type: PersonalDataType;
  /** As it stands in the text; a split value is joined with single spaces. */
  value: string;
  form: 'typed' | 'spoken' | 'split';
  /** Substrings of the transcript's JSON text none of which may survive masking. */
  leaks: string[];
}

export interface Turn {
  speaker: 'agent' | 'customer';
  text: string;
}

export interface Dialogue {
  person: Person;
  turns: Turn[];
  planted: PlantedValue[];
  /** Order numbers, codes, versions: look like personal data, are none, should survive. */
  benign: string[];
}

export type Style = 'spoken' | 'typed' | 'letter';

type Pair = readonly [customer: string, agent: string];

const OPENINGS: readonly [Pair, ...Pair[]] = [
  ['Hi, I have a question about my bill', 'Thank you for contacting us, I will be happy to help you with that'],
  ['Hello, my internet has been down since this morning', 'I am sorry to hear that, let us get it working again'],
  ['Good afternoon, I want to change my subscription', 'Of course, let me open your account'],
  ['Hi there, the replacement part never arrived', 'I apologise for the trouble, let me look into it'],
];

const SMALL_TALK: readonly [Pair, ...Pair[]] = [
  ['It worked fine until the last update', 'I see, that is good to know'],
  ['I have already restarted it twice', 'Thank you for trying that, one moment please'],
  ['The app keeps showing the same message', 'We have seen that on some older models'],
  ['Will there be a fee for that', 'No, there is no charge for this change'],
  ['How long is it going to take', 'It usually takes two to three business days'],
  ['I was told something different last week', 'I understand, I have added a note to your case'],
  ['Okay, that sounds reasonable', 'Great, I am making the change right now'],
  ['Can you also check the other line', 'Sure, I am looking at both lines on my screen'],
  ['My neighbour has the same problem', 'Thank you, I will pass that on to the network team'],
  ['I would rather keep the old plan', 'That is no problem, you can keep it until the end of the year'],
];

const CLOSINGS: readonly [Pair, ...Pair[]] = [
  ['That is all, thank you for your help', 'You are welcome, have a wonderful day'],
  ['Perfect, thanks a lot', 'My pleasure, goodbye'],
];

const ACKNOWLEDGEMENTS = ['mm-hm', 'okay', 'go ahead', 'yes'] as const;

/** What looks like personal data and is none; `{}` is the value. */
const BENIGN: readonly [BenignKind, ...BenignKind[]] = [
  { text: 'My order number is {}', value: (random) => `${random.digits(3)}-${random.digits(7)}-${random.digits(7)}` },
  { text: 'The tracking number says {}', value: (random) => `1Z999AA1${random.digits(10)}` },
  { text: 'The ticket you opened is {}', value: (random) => `INC-${random.digits(7)}` },
  { text: 'It shows error {}', value: (random) => `0x8007${random.hex(4).toUpperCase()}` },
  { text: 'The router runs firmware version {}', value: (random) => `${random.int(2, 9)}.${random.int(10, 20)}.3` },
  { text: 'I paid {} for it', value: (random) => `$${random.int(20, 900)}.${random.int(10, 99)}` },
  { text: 'I am on flight {} tomorrow', value: (random) => `UA${random.digits(4)}` },
];

interface BenignKind {
  text: string;
  value: (random: Random) => string;
}

/**
 * One conversation: an opening, a few exchanges of which about a fifth ask for personal data, a closing.
 *
 * @param minExchanges lengthens it, with small talk only
 * @param person speaks in place of the one drawn
 * @example createDialogue(random, 'spoken').turns[0] // the opening: { speaker: 'agent', text: 'Thank you for calling …' }
 */
export function createDialogue(random: Random, style: Style, minExchanges = 0, person?: Person): Dialogue {
  const drawn = createPerson(random);
  const dialogue: Dialogue = { person: person ?? drawn, turns: [], planted: [], benign: [] };
  pushPair(dialogue, random.pick(OPENINGS));
  const exchanges = random.int(5, 12);
  for (let i = 0; i < exchanges; i++) {
    const dice = random.next();
    // The first exchange is the identification, as in any call.
    if (i === 0 || dice < 0.2) pushPersonalData(dialogue, random, style);
    else if (dice < 0.35) pushBenign(dialogue, random);
    else pushPair(dialogue, random.pick(SMALL_TALK));
  }
  for (let i = exchanges; i < minExchanges; i++) pushPair(dialogue, random.pick(SMALL_TALK));
  pushPair(dialogue, random.pick(CLOSINGS));
  return dialogue;
}

function pushPair({ turns }: Dialogue, [customer, agent]: Pair): void {
  turns.push({ speaker: 'customer', text: customer }, { speaker: 'agent', text: agent });
}

function pushBenign(dialogue: Dialogue, random: Random): void {
  const kind = random.pick(BENIGN);
  const value = kind.value(random);
  dialogue.benign.push(value);
  pushPair(dialogue, [kind.text.replace('{}', () => value), 'Thank you, I found it']);
}

function pushPersonalData(dialogue: Dialogue, random: Random, style: Style): void {
  const type = pickType(random);
  const wording = WORDINGS[type];
  const value = dialogue.person.values[type];
  if (style === 'letter') {
    const sentence = wording.write.replace('{}', () => value);
    dialogue.turns.push({ speaker: 'customer', text: sentence });
    dialogue.planted.push(plantTyped(type, value, sentence));
    return;
  }
  dialogue.turns.push({ speaker: 'agent', text: wording.ask });
  const dice = random.next();
  if ((type === 'PHONE_NUMBER' || type === 'CREDIT_CARD') && dice < 0.25) {
    pushSplit(dialogue, random, type, value);
    return;
  }
  const isSpoken = style === 'spoken' && dice < 0.7 && spoken(type, value) !== value;
  const said = isSpoken ? spoken(type, value) : value;
  const text = wording.answer.replace('{}', () => said);
  dialogue.turns.push({ speaker: 'customer', text });
  dialogue.planted.push(
    isSpoken ? { type, value: said, form: 'spoken', leaks: [said] } : plantTyped(type, value, text),
  );
}

/** The value comes in two turns, with an acknowledgement of the agent between them. */
function pushSplit(dialogue: Dialogue, random: Random, type: PersonalDataType, value: string): void {
  const groups = value.replace(/^\+1/, '').match(/\d+/g) ?? [];
  const half = Math.ceil(groups.length / 2);
  const first = WORDINGS[type].answer.replace('{}', () => groups.slice(0, half).join(' '));
  const second = groups.slice(half).join(' ');
  dialogue.turns.push(
    { speaker: 'customer', text: first },
    { speaker: 'agent', text: random.pick(ACKNOWLEDGEMENTS) },
    { speaker: 'customer', text: second },
  );
  dialogue.planted.push({
    type,
    value: groups.join(' '),
    form: 'split',
    // The second half alone is a short number that may well occur elsewhere: the whole JSON string counts.
    leaks: [first, JSON.stringify(second)],
  });
}

/**
 * What must not survive of a typed value: the value, and every part long enough to be telling (`words[]` holds the
 * parts). A short code alone may well occur in an id, so it counts with the words before it, or as a word of its own.
 *
 * @example plantTyped('CREDIT_CARD_CVV', '123', 'my code is 123').leaks // ['code is 123', '"text":"123"']
 */
export function plantTyped(type: PersonalDataType, value: string, sentence = value): PlantedValue {
  if (value.length < 8) {
    const before = sentence.slice(0, sentence.indexOf(value)).split(' ').slice(-3).join(' ');
    return { type, value, form: 'typed', leaks: [`${before}${value}`, `"text":${JSON.stringify(value)}`] };
  }
  const parts = value.split(' ').filter((part) => part !== value && part.replace(/\D/g, '').length >= 6);
  return { type, value, form: 'typed', leaks: [value, ...parts] };
}

const WEIGHT_SUM = PERSONAL_DATA_TYPES.reduce((sum, type) => sum + WORDINGS[type].weight, 0);

function pickType(random: Random): PersonalDataType {
  let rest = random.next() * WEIGHT_SUM;
  for (const type of PERSONAL_DATA_TYPES) {
    rest -= WORDINGS[type].weight;
    if (rest < 0) return type;
  }
  return 'PHONE_NUMBER';
}
