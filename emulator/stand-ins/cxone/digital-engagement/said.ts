/** What is said in a contact: the interaction's conversation, turn by turn, spread over the life of the contact. */
import { createConversation } from '../generator/conversation.ts';
import type { Dialogue } from '../generator/dialogue.ts';
import type { Person } from '../generator/personal-data.ts';
import { createRandom } from '../generator/random.ts';
import type { ContactLife } from './contact-life.ts';

type Author = 'customer' | 'agent' | 'bot' | 'survey';

/** A message before it has the form of the API. `atMs` in ms since the epoch. */
export interface Said {
  author: Author;
  text: string;
  atMs: number;
}

type Turn = Omit<Said, 'atMs'>;

const GREETING: Turn = { author: 'bot', text: 'Welcome! I am the virtual assistant, how can I help you today?' };
const SURVEY: Turn = { author: 'survey', text: 'How satisfied were you with our service?' };

/**
 * The customer, and all messages of the contact, oldest first. A reopened contact has two turns more, with the customer's
 * address in them.
 *
 * @example conversationOf('seed', life).person.firstName // 'Olga'
 */
export function conversationOf(seed: string, life: ContactLife): { person: Person; said: Said[] } {
  const { interactionId, mediaType } = life.entry;
  const { dialogue } = createConversation({ seed, interactionId, mediaType });
  const random = createRandom(`${seed}:messages:${interactionId}`);
  const turns = mediaType === 'email' ? mailOf(dialogue) : turnsOf(dialogue);
  if (mediaType !== 'email' && random.chance(0.4)) turns.unshift(GREETING);
  if (random.chance(0.3)) turns.push(SURVEY);
  const [first, second] = life.cycles;
  const jitter = () => random.int(0, 999);
  const said = spread(turns, first, jitter);
  if (second === undefined) return { person: dialogue.person, said };
  const later: Turn[] = [
    { author: 'customer', text: `One more thing, please write to ${dialogue.person.values.EMAIL_ADDRESS} from now on` },
    { author: 'agent', text: 'Of course, I have changed that for you' },
  ];
  return { person: dialogue.person, said: [...said, ...spread(later, second, jitter)] };
}

const turnsOf = ({ turns }: Dialogue): Turn[] => turns.map(({ speaker, text }) => ({ author: speaker, text }));

/** One letter of the customer, with a signature, and one in answer. */
function mailOf({ turns, person }: Dialogue): Turn[] {
  const sentences = turns.filter(({ speaker }) => speaker === 'customer').map(({ text }) => text);
  const letter = `Dear team,\n\n${sentences.join('.\n')}.\n\nKind regards\n${person.firstName} ${person.lastName}`;
  return [
    { author: 'customer', text: letter },
    { author: 'agent', text: `Dear ${person.firstName},\n\nthank you for your letter, we have changed your account.` },
  ];
}

/** Turns at even distances within a cycle, each at a millisecond of its own, the first two within one second. */
function spread(
  turns: readonly Turn[],
  { openedMs, closedMs }: { openedMs: number; closedMs: number },
  jitter: () => number,
): Said[] {
  const step = Math.max(2, Math.floor((closedMs - openedMs) / (turns.length + 1)));
  return turns.map((turn, at) => {
    const atMs = at < 2 ? openedMs + at * 500 + (jitter() % 400) : openedMs + at * step + (jitter() % (step - 1));
    return { ...turn, atMs };
  });
}
