/**
 * Turns of a conversation: which strings follow each other, who speaks, and what an earlier turn left
 * open for the next one to answer.
 */

import { STRING, type StructuralIndex } from '../json/structural-index.ts';
import type { TermKind } from '../model/type-table.ts';
import { takeApart, type Utterance } from '../numbers/utterance.ts';
import {
  ASKS_ADDRESS,
  ASKS_LONG,
  ASKS_SHORT,
  DEPENDS,
  EXCLUDES,
  MATTERS,
  MAY_EXCLUDE,
  SUSPICIOUS,
} from '../prefilter/prefilter.ts';
import type { Answer } from '../text/announcement.ts';
import { announcementOf } from '../text/lexicon.ts';
import { isAcknowledgement, mayEndInDigits, mayStartWithDigits } from './continuation.ts';
import { EXCLUSION_ONLY, mayAsk, NOUN_ONLY, phrasesOf, requestsIn, TOPIC_ONLY } from './requests.ts';

/** Leaves looked at in search of a neighbouring turn: word lists lie between two turns. */
const NEIGHBOUR_REACH = 600;
/** Turns an open question survives without an answer. */
const QUESTION_REACH = 4;
const NAMING = ASKS_SHORT | ASKS_LONG | ASKS_ADDRESS | MAY_EXCLUDE;

/** Turns that may lie between digits and those that go on with them. */
const REACH_OF_DIGITS = 6;

/** What a short number may answer. */
const MAY_BE_SHORT: ReadonlySet<Answer | undefined> = new Set<Answer>(['short', 'secret', 'unit']);

/** Members that say who speaks. */
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
  'from',
  'participant',
  'who',
  'user',
]);
/** Containers between a text and the message it belongs to. */
const MAX_WRAPPERS = 4;
/** Members that hold the parts of one message. */
const PART_KEYS = new Set(['content', 'contents', 'parts', 'blocks', 'fragments']);
/** Members that hold several readings of one utterance. */
export const ALTERNATIVE_KEYS = /^(?:alternatives?|nbest|n_best|hypotheses)$/i;

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
  private readonly structure: StructuralIndex;
  private readonly notes = new Map<number, Note>();
  /** The array of messages that was met last. */
  private messages = -1;

  constructor(structure: StructuralIndex) {
    this.structure = structure;
  }

  utterance(leaf: number): Utterance {
    const note = this.noteOf(leaf);
    note.utterance ??= takeApart(this.structure.text(leaf));
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
    const { structure } = this;
    const parent = structure.parent(leaf);
    if (parent === 0) return -1;
    const inArray = structure.index(leaf) >= 0;
    const wrappers = inArray ? 0 : this.wrappersOf(parent);
    if (wrappers !== 0) return wrappers < 0 ? -1 : this.wrappedNeighbour(leaf, step, wrappers);
    const group = inArray ? parent : structure.containerParent(parent);
    const stop = Math.min(structure.leafCount, Math.max(-1, leaf + step * NEIGHBOUR_REACH));
    for (let other = leaf + step; other !== stop; other += step) {
      if (structure.kind(other) !== STRING) continue;
      const owner = structure.parent(other);
      if (
        inArray
          ? owner === parent && structure.index(other) >= 0
          : owner !== parent && structure.containerParent(owner) === group && structure.hasSameKey(leaf, other)
      )
        return other;
    }
    return -1;
  }

  /** {@link neighbour} of a text with objects around it in its message. */
  private wrappedNeighbour(leaf: number, step: 1 | -1, wrappers: number): number {
    const { structure } = this;
    const parent = structure.parent(leaf);
    const group = this.groupOf(leaf, wrappers);
    const stop = Math.min(structure.leafCount, Math.max(-1, leaf + step * NEIGHBOUR_REACH));
    for (let other = leaf + step; other !== stop; other += step) {
      if (structure.kind(other) !== STRING || structure.parent(other) === parent) continue;
      if (structure.hasSameKey(leaf, other) && this.groupOf(other, wrappers) === group) return other;
    }
    return -1;
  }

  /** Objects around that of a text in its message, `messages[].content.text`; -1 for no array of messages. */
  private wrappersOf(parent: number): number {
    const { structure } = this;
    // Turns of one conversation come one after the other.
    if (structure.containerIndex(parent) >= 0 && structure.containerParent(parent) === this.messages) return 0;
    return this.countWrappers(parent);
  }

  private countWrappers(parent: number): number {
    const { structure } = this;
    let container = parent;
    let parts = -1;
    for (let wrappers = 0; container > 0 && wrappers <= MAX_WRAPPERS; wrappers++) {
      if (structure.containerIndex(container) >= 0) {
        // In `messages[].content[].text` the messages are the turns, not their parts.
        const array = structure.containerParent(container);
        if (!PART_KEYS.has(structure.containerKey(array))) {
          if (wrappers === 0) this.messages = array;
          return wrappers;
        }
        if (parts < 0) parts = wrappers;
      }
      container = structure.containerParent(container);
    }
    return parts;
  }

  /** The array that holds the messages when so many objects are around the text. */
  private groupOf(leaf: number, wrappers: number): number {
    const { structure } = this;
    let container = structure.parent(leaf);
    for (let i = 0; i < wrappers && container > 0; i++) container = structure.containerParent(container);
    return container > 0 ? structure.containerParent(container) : -1;
  }

  /** Who speaks, as the fields beside the text name it; '' when none does. */
  speaker(leaf: number): string {
    const { structure } = this;
    if (structure.index(leaf) >= 0) return '';
    const parent = structure.parent(leaf);
    const wrappers = Math.max(0, this.wrappersOf(parent));
    let speaker = '';
    for (const step of [-1, 1]) {
      for (
        let other = leaf + step, looked = 0;
        other >= 0 && other < structure.leafCount && looked < 10;
        other += step, looked++
      ) {
        if (!this.isAround(structure.parent(other), parent, wrappers)) continue;
        if (structure.kind(other) === STRING && SPEAKER_KEYS.has(structure.key(other))) {
          const name = structure.text(other);
          const isRole = /^(?:speaker|channelName|participantType|role)$/.test(structure.key(other));
          if (isRole) return name;
          speaker ||= name;
        }
      }
    }
    return speaker;
  }

  /** Whether a container is the one of a text or one of the wrappers around it. */
  private isAround(container: number, own: number, wrappers: number): boolean {
    for (let i = 0, around = own; i <= wrappers; i++, around = this.structure.containerParent(around))
      if (container === around) return true;
    return false;
  }

  /** Whether the leaf is one of several readings of the same utterance. */
  isAlternative(leaf: number): boolean {
    const { structure } = this;
    const parent = structure.parent(leaf);
    return ALTERNATIVE_KEYS.test(
      structure.containerKey(structure.index(leaf) >= 0 ? parent : structure.containerParent(parent)),
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
    let isAnswered = false;
    for (
      let other = this.neighbour(leaf, -1), looked = 0;
      other >= 0 && looked < QUESTION_REACH;
      other = this.neighbour(other, -1), looked++
    ) {
      const asked = this.askedAtAGlance(other) ?? this.asked(other);
      // "let me look up your order" reaches the next turn only.
      if (asked === TOPIC_ONLY) return looked === 0 ? TOPIC_ONLY : [];
      // "zip code?" - "10001" - "thanks" - "(415) 555-0132"
      if ((asked === EXCLUSION_ONLY || asked === NOUN_ONLY) && isAnswered) return TOPIC_ONLY;
      if (asked.length > 0) return asked;
      isAnswered ||= (this.structure.flags(other) & (MATTERS | DEPENDS)) !== 0;
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
      if ((this.structure.flags(other) & wanted) !== 0)
        return this.openQuestion(leaf).some(
          (kind) =>
            kind !== 'EXCLUSION' && kind !== 'TOPIC' && (long || MAY_BE_SHORT.has(announcementOf(kind)?.answer)),
        );
    }
    return false;
  }

  /** Whether a text may end in digits that one of the next turns goes on with. */
  goesOn(leaf: number, text: string): boolean {
    if (!mayEndInDigits(text)) return false;
    const { structure } = this;
    let looked = 0;
    for (let next = this.neighbour(leaf, 1); next >= 0 && looked < REACH_OF_DIGITS; next = this.neighbour(next, 1)) {
      const flags = structure.flags(next);
      const other = structure.text(next);
      if ((flags & SUSPICIOUS) !== 0) {
        if (mayStartWithDigits(other)) return true;
      } else if (!this.isAside(next)) return false;
      looked++;
    }
    return false;
  }

  /** A short turn between the parts of a number that asks for nothing but more of it: "mm-hm", "and the last part". */
  isAside(leaf: number): boolean {
    const text = this.structure.text(leaf);
    const flags = this.structure.flags(leaf);
    if (isAcknowledgement(text, flags)) return true;
    return isAcknowledgement(text, 0) && phrasesOf(text).terms.every(({ kind }) => kind === 'NUMBER');
  }

  private mayConverse(leaf: number): boolean {
    const { structure } = this;
    return structure.index(leaf) >= 0 || !structure.meanings.of(structure.key(leaf)).stays;
  }

  /** What the prefilter alone tells: a turn that names nothing asks for nothing, most talk of orders asks for no number. */
  private askedAtAGlance(leaf: number): readonly TermKind[] | undefined {
    const flags = this.structure.flags(leaf);
    if ((flags & NAMING) !== 0) return undefined;
    if ((flags & EXCLUDES) === 0) return [];
    if ((flags & SUSPICIOUS) !== 0) return undefined;
    const text = this.structure.text(leaf);
    return mayAsk(text) ? undefined : TOPIC_ONLY;
  }

  /** What a turn asks for, last first. */
  private asked(leaf: number): readonly TermKind[] {
    const note = this.noteOf(leaf);
    note.request ??= requestsIn(note.utterance ?? phrasesOf(this.structure.text(leaf)));
    return note.request;
  }
}
