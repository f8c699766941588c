/** Finds the phrases of the vocabulary in a tokenised text. */
import { PUNCTUATION, type Tokens } from './tokens.ts';
import { PHRASES, type TermKind } from './vocabulary.ts';

/** A phrase that says something about a number near it; tokens `first` to `last`, inclusive. */
export interface Term {
  kind: TermKind;
  first: number;
  last: number;
  words: number;
}

interface Node {
  kinds: TermKind[];
  next: Map<string, Node> | undefined;
}

const ROOT = buildTrie();

function buildTrie(): Map<string, Node> {
  const root = new Map<string, Node>();
  for (const [kind, phrases] of Object.entries(PHRASES) as [TermKind, string][]) {
    for (const phrase of phrases.replaceAll('\n', '').split('|')) {
      let level = root;
      let node: Node | undefined;
      for (const word of phrase.trim().split(' ')) {
        node = level.get(word);
        if (node === undefined) {
          node = { kinds: [], next: undefined };
          level.set(word, node);
        }
        node.next ??= new Map();
        level = node.next;
      }
      if (node !== undefined && !node.kinds.includes(kind)) node.kinds.push(kind);
    }
  }
  return root;
}

/** The terms of a text in order; at each place the longest phrase wins, and phrases do not overlap. */
export function findTerms(tokens: Tokens): Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < tokens.count; ) {
    const match = longestAt(tokens, at);
    if (match === undefined) {
      at++;
      continue;
    }
    for (const kind of match.kinds) terms.push({ kind, first: at, last: match.last, words: match.words });
    at = match.last + 1;
  }
  return terms;
}

function longestAt(tokens: Tokens, at: number): { kinds: TermKind[]; last: number; words: number } | undefined {
  let best: { kinds: TermKind[]; last: number; words: number } | undefined;
  let level: Map<string, Node> | undefined = ROOT;
  let words = 0;
  for (let i = at; i < tokens.count && level !== undefined; i++) {
    const word = tokens.words[i] ?? '';
    const node = level.get(word);
    if (node === undefined) {
      // "d.o.b.", "one-time", "account #"
      if (words > 0 && tokens.kinds[i] === PUNCTUATION && /^[-.#/_]$/.test(word)) continue;
      break;
    }
    words++;
    if (node.kinds.length > 0) best = { kinds: node.kinds, last: i, words };
    level = node.next;
  }
  return best;
}
