/**
 * Turns of a conversation in an outline: which strings follow each other, who speaks, and what an earlier turn left
 * open for the next one to answer.
 */
import { isAcknowledgement, mayEndInDigits, mayStartWithDigits } from './continuation.ts';
import { takeApart, type Utterance } from './detect.ts';
import { ASKS_ADDRESS, ASKS_LONG, ASKS_SHORT, MAY_RELEASE, RELEASES, SUSPICIOUS } from './gates.ts';
import { keyMeaning } from './keys.ts';
import { normalise } from './normalise.ts';
import { type Outline, STRING } from './outline.ts';
import { findTerms, type Term } from './terms.ts';
import { DIGITS, type Tokens, tokenise } from './tokens.ts';
import type { TermKind } from './vocabulary.ts';

/** Leaves looked at in search of a neighbouring turn: word lists lie between two turns. */
const NEIGHBOUR_REACH = 600;
/** Turns an open question survives without an answer. */
const QUESTION_REACH = 4;
const NAMING = ASKS_SHORT | ASKS_LONG | ASKS_ADDRESS | MAY_RELEASE;
const VETO_ONLY: readonly TermKind[] = ['VETO'];

/** Turns that may lie between digits and those that go on with them. */
const REACH_OF_DIGITS = 6;

/** Kinds that short numbers cannot be. */
const LONG_KINDS: ReadonlySet<TermKind> = new Set(['PHONE', 'NUMBER', 'TAX', 'BANK', 'ROUTING', 'EMAIL', 'IBAN', 'IP']);

const SPEAKER_KEYS = new Set([
  'speaker',
  'channelName',
  'participantType',
  'participantId',
  'role',
  'author',
  'sender',
  'userId',
  'channel',
  'speakerId',
  'speakerTag',
  'party',
  'source',
  'direction',
  'participant',
  'who',
  'user',
]);
const ALTERNATIVE_KEYS = /^(?:alternatives?|nbest|n_best|hypotheses)$/i;

/** What is known of a turn so far. */
interface Note {
  utterance: Utterance | undefined;
  /** What it asks for. */
  request: readonly TermKind[] | undefined;
  /** What the turns before it ask for. */
  question: readonly TermKind[] | undefined;
}

/** The turns of a document: leaves with their texts, taken apart when asked for. */
export class Turns {
  private readonly outline: Outline;
  private readonly notes = new Map<number, Note>();

  constructor(outline: Outline) {
    this.outline = outline;
  }

  utterance(leaf: number): Utterance {
    const note = this.noteOf(leaf);
    note.utterance ??= takeApart(this.outline.text(leaf));
    return note.utterance;
  }

  private noteOf(leaf: number): Note {
    let note = this.notes.get(leaf);
    if (note === undefined) {
      note = { utterance: undefined, request: undefined, question: undefined };
      this.notes.set(leaf, note);
    }
    return note;
  }

  /** The turn before or after in the same conversation, or -1. */
  neighbour(leaf: number, step: 1 | -1): number {
    const { outline } = this;
    const parent = outline.parent(leaf);
    if (parent === 0) return -1;
    const inArray = outline.index(leaf) >= 0;
    const group = inArray ? parent : outline.containerParent(parent);
    if (!inArray && outline.containerIndex(parent) < 0) return -1;
    const stop = Math.min(outline.leafCount, Math.max(-1, leaf + step * NEIGHBOUR_REACH));
    for (let other = leaf + step; other !== stop; other += step) {
      if (outline.kind(other) !== STRING) continue;
      const owner = outline.parent(other);
      if (
        inArray
          ? owner === parent && outline.index(other) >= 0
          : owner !== parent && outline.containerParent(owner) === group && outline.hasSameKey(leaf, other)
      )
        return other;
    }
    return -1;
  }

  /** Who speaks, as the fields beside the text name it; '' when nobody says so. */
  speaker(leaf: number): string {
    const { outline } = this;
    if (outline.index(leaf) >= 0) return '';
    const parent = outline.parent(leaf);
    let speaker = '';
    for (const step of [-1, 1]) {
      for (
        let other = leaf + step, looked = 0;
        other >= 0 && other < outline.leafCount && looked < 10;
        other += step, looked++
      ) {
        if (outline.parent(other) !== parent) continue;
        if (outline.kind(other) === STRING && SPEAKER_KEYS.has(outline.key(other))) {
          const name = outline.text(other);
          const isRole = /^(?:speaker|channelName|participantType|role)$/.test(outline.key(other));
          if (isRole) return name;
          speaker ||= name;
        }
      }
    }
    return speaker;
  }

  /** Whether the leaf is one of several readings of the same utterance. */
  isAlternative(leaf: number): boolean {
    const { outline } = this;
    const parent = outline.parent(leaf);
    return ALTERNATIVE_KEYS.test(
      outline.containerKey(outline.index(leaf) >= 0 ? parent : outline.containerParent(parent)),
    );
  }

  /** What the turns before this one ask for, nearest first. A turn about something else closes the question. */
  openQuestion(leaf: number): readonly TermKind[] {
    const note = this.noteOf(leaf);
    note.question ??= this.readQuestion(leaf);
    return note.question;
  }

  private readQuestion(leaf: number): readonly TermKind[] {
    if (!this.mayConverse(leaf)) return [];
    for (
      let other = this.neighbour(leaf, -1), looked = 0;
      other >= 0 && looked < QUESTION_REACH;
      other = this.neighbour(other, -1), looked++
    ) {
      const asked = this.askedAtAGlance(other) ?? this.asked(other);
      if (asked.length > 0) return asked;
    }
    return [];
  }

  /** Whether a turn before asks for something short like a code; with a long run of digits, for a phone or account too. */
  wasAsked(leaf: number, long: boolean): boolean {
    const wanted = long ? ASKS_SHORT | ASKS_LONG : ASKS_SHORT;
    for (
      let other = this.neighbour(leaf, -1), looked = 0;
      other >= 0 && looked < QUESTION_REACH;
      other = this.neighbour(other, -1), looked++
    ) {
      if ((this.outline.flags(other) & wanted) !== 0)
        return this.openQuestion(leaf).some((kind) => kind !== 'VETO' && (long || !LONG_KINDS.has(kind)));
    }
    return false;
  }

  /** Whether a text may end in digits that one of the next turns goes on with. */
  goesOn(leaf: number, text: string): boolean {
    if (!mayEndInDigits(text)) return false;
    const { outline } = this;
    let looked = 0;
    for (let next = this.neighbour(leaf, 1); next >= 0 && looked < REACH_OF_DIGITS; next = this.neighbour(next, 1)) {
      const flags = outline.flags(next);
      const other = outline.text(next);
      if ((flags & SUSPICIOUS) !== 0) {
        if (mayStartWithDigits(other)) return true;
      } else if (!isAcknowledgement(other, flags)) return false;
      looked++;
    }
    return false;
  }

  private mayConverse(leaf: number): boolean {
    const { outline } = this;
    return outline.index(leaf) >= 0 || keyMeaning(outline.key(leaf)).text || !keyMeaning(outline.key(leaf)).stays;
  }

  /** What the gates alone tell: a turn that names nothing asks for nothing, one that only talks of orders closes. */
  private askedAtAGlance(leaf: number): readonly TermKind[] | undefined {
    const flags = this.outline.flags(leaf);
    if ((flags & NAMING) !== 0) return undefined;
    if ((flags & RELEASES) === 0) return [];
    return (flags & SUSPICIOUS) === 0 ? VETO_ONLY : undefined;
  }

  /** What a turn asks for, last first. */
  private asked(leaf: number): readonly TermKind[] {
    const note = this.noteOf(leaf);
    note.request ??= requestsIn(note.utterance ?? phrasesOf(this.outline.text(leaf)));
    return note.request;
  }
}

interface Phrases {
  tokens: Tokens;
  terms: readonly Term[];
}

/** The phrases of a text, without taking its numbers apart. */
function phrasesOf(text: string): Phrases {
  const tokens = tokenise(normalise(text).text);
  return { tokens, terms: findTerms(tokens) };
}

/** The kinds that are named and not answered in the same turn, last first. */
function requestsIn({ tokens, terms }: Phrases): readonly TermKind[] {
  const kinds: TermKind[] = [];
  for (let i = terms.length - 1; i >= 0; i--) {
    const { kind, last } = terms[i] as Term;
    if (kind === 'UNIT' || kinds.includes(kind) || isAnswered(tokens, last)) continue;
    if (kind === 'VETO') {
      // "what is the order number?" closes; "I ordered a phone, what is your number?" does not.
      if (kinds.length === 0) kinds.push('VETO');
      break;
    }
    if (tokens.count - last > 40) break;
    kinds.push(kind);
  }
  return kinds;
}

/** Whether a number, or what the masker put in its place, follows in the same turn. */
function isAnswered({ count, kinds, words, entries }: Tokens, last: number): boolean {
  let spoken = 0;
  for (let at = last + 1; at < count; at++) {
    if (words[at] === '[]' || (kinds[at] === DIGITS && (words[at] ?? '').length > 2)) return true;
    const entry = entries[at];
    if (entry?.unit !== undefined || entry?.teen !== undefined || entry?.ten !== undefined) spoken++;
  }
  return spoken > 2;
}
