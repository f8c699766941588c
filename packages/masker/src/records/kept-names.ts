/** Names that a setting keeps: those of the agents. */
import type { Search } from '../conversation/search.ts';
import type { Word } from '../lexicon/words.ts';
import { cueAt } from '../people/cues.ts';
import type { Name } from '../people/signature.ts';
import { spellingOf } from './entity-matches.ts';

const AGENTS = /agent|representative|\brep\b|advis[eo]r|operator|supervisor|employee|author ?user/i;
const CUSTOMERS = /customer|caller|client|patient|consumer|end ?user/i;

/** Whether the name of a member, or a role, is that of an agent: `agentName`, "AGENT". */
export function isAgents(name: string): boolean {
  return AGENTS.test(name) && !CUSTOMERS.test(name);
}

/** What is known of the agents of one record. */
export class KeptNames {
  readonly isOn: boolean;
  private readonly search: Search;
  private readonly kept = new Set<string>();

  constructor(search: Search) {
    this.search = search;
    this.isOn = search.settings.keepNamesOf.has('agent');
  }

  /** Whether an agent says a text. */
  isAgentsTurn(leaf: number): boolean {
    return isAgents(this.search.turns.speaker(leaf));
  }

  /** "my name is Sarah": of whoever speaks. */
  isOwnName(words: readonly Word[], { first }: Name): boolean {
    for (let at = Math.max(0, first - 3); at < first; at++) {
      const cue = cueAt(words, at);
      if (cue === 'introduced')
        return words[at - 1]?.text !== 'your' && words.slice(0, at).every(({ text }) => text !== 'your');
      const word = words[at] as Word;
      if (
        /^(?:im|am)$/.test(word.text) ||
        (word.text === 'is' && words[at - 1]?.text === 'this' && words[at - 2] === undefined)
      )
        return true;
    }
    return false;
  }

  keep(words: readonly Word[], name: Name): void {
    for (let at = name.first; at <= name.last; at++) this.kept.add(words[at]?.text ?? '');
    this.kept.add(spellingOf(words, name));
  }

  isKept(words: readonly Word[], name: Name): boolean {
    if (this.kept.size === 0) return false;
    for (let at = name.first; at <= name.last; at++) if (!this.kept.has(words[at]?.text ?? '')) return false;
    return true;
  }
}
