/** Postal addresses of a record: in its members, in single texts, over the turns that answer a question. */

import { isPlaceName, isSuffix } from '../addresses/address-words.ts';
import {
  type AddressRequest,
  announcedAt,
  answeredAddress,
  closingPostcode,
  isAside,
  requestedAddress,
} from '../addresses/answers.ts';
import { type Address, findAddresses } from '../addresses/find-addresses.ts';
import { postcodeEnd } from '../addresses/tail.ts';
import { isAddressMember } from '../json/personal-members.ts';
import { MASK, NUMBER, type Word } from '../lexicon/words.ts';
import type { Reason } from '../model/match.ts';
import { matchesOf, spellingOf } from './entity-matches.ts';
import type { RecordTexts } from './record-texts.ts';

/** Turns in which an address may be given, piece by piece. */
const REACH = 14;
/** Turns about something else after which nothing more of it is expected. */
const MOST_MISSES = 2;
const NO_ADDRESS = /^(?:\[[A-Z0-9_:]+\]|[\s\W]*|n\/?a|none|null|unknown)$/i;

/** A piece that says by itself what it is: the other side has asked for something else since. */
function unasked(words: readonly Word[]): Address[] {
  const piece = answeredAddress(words, 0, false, 'address');
  return piece !== undefined && words.slice(piece.first, piece.last + 1).some(isTelling) ? [piece] : [];
}

/** What an answer begins and ends with: both at once, since the next time there is a mask in place of the first. */
function asked(words: readonly Word[], begun: boolean, request: AddressRequest): Address[] {
  const piece = answeredAddress(words, 0, begun, request);
  const closing = closingPostcode(words);
  if (piece === undefined) return closing === undefined ? [] : [closing];
  return closing === undefined || closing.first <= piece.last ? [piece] : [piece, closing];
}

function isTelling(word: Word): boolean {
  return isSuffix(word) || isPlaceName(word);
}

/** Masks the postal addresses of a document. */
export function maskAddresses(texts: RecordTexts): void {
  new RecordAddresses(texts).run();
}

class RecordAddresses {
  private readonly texts: RecordTexts;
  /** Turns that are read as an answer already. */
  private readonly read = new Set<number>();
  /** Texts of pieces that were masked, for those who read them back. */
  private readonly pieces = new Set<string>();
  private readonly masked = new Set<number>();

  constructor(texts: RecordTexts) {
    this.texts = texts;
  }

  run(): void {
    const { search } = this.texts;
    for (const leaf of this.texts.members) this.member(leaf);
    for (const leaf of this.texts.placing)
      this.record(leaf, findAddresses(this.texts.wordsOf(leaf)), { rule: 'pattern' });
    // What each text says by itself comes first: after that, its words are read as they will be once that is masked.
    const announced = new Map<number, { request: AddressRequest; begun: boolean; said: boolean }>();
    for (const leaf of this.texts.placing) {
      search.settings.checkpoint();
      const words = this.texts.wordsOf(leaf);
      const cue = announcedAt(words);
      if (cue !== undefined) {
        const piece = answeredAddress(words, cue.from, false, cue.request);
        if (piece !== undefined) this.record(leaf, [piece], { rule: 'words' });
        announced.set(leaf, { request: cue.request, begun: piece !== undefined || this.isGiven(leaf), said: true });
      } else if (this.isFound(leaf) && words.length <= REACH)
        announced.set(leaf, { request: 'postcode', begun: true, said: false });
    }
    for (const leaf of this.texts.placing) {
      const own = announced.get(leaf);
      const request = requestedAddress(search.structure.text(leaf));
      if (own !== undefined && (own.begun || own.request === 'address'))
        this.follow(leaf, own.request, true, own.begun);
      if (request !== undefined && own?.said !== true) this.follow(leaf, request, false, false);
    }
    for (const leaf of this.masked) this.texts.forget(leaf);
  }

  /** Reads the turns behind one that asks for an address or begins with one. */
  private follow(leaf: number, request: AddressRequest, own: boolean, hasBegun: boolean): void {
    const { turns, structure } = this.texts.search;
    const speaker = turns.speaker(leaf);
    let begun = hasBegun;
    let misses = 0;
    // The other side has said nothing else since.
    let isOpen = true;
    let next = turns.neighbour(leaf, 1);
    for (
      let looked = 0;
      next >= 0 && looked < REACH && misses < MOST_MISSES;
      looked++, next = turns.neighbour(next, 1)
    ) {
      if (this.isFound(next)) this.texts.forget(next);
      const words = this.texts.wordsOf(next);
      const isOther = speaker !== '' && (turns.speaker(next) === speaker) !== own;
      if (isOther) {
        if (begun) this.readBack(next, words);
        // The other side asks for something else.
        const isAboutIt = requestedAddress(structure.text(next)) !== undefined;
        if (/\?/.test(structure.text(next)) && !isAboutIt) misses++;
        isOpen = isAboutIt || isAside(words);
        continue;
      }
      if (this.read.has(next)) continue;
      if (announcedAt(words) !== undefined) {
        begun = true;
        continue;
      }
      if (this.isGiven(next)) {
        begun = true;
        misses = 0;
      }
      const pieces = isOpen || !begun ? asked(words, begun, begun ? 'address' : request) : unasked(words);
      if (pieces.length > 0) {
        this.read.add(next);
        this.record(next, pieces, { rule: 'answer' });
        begun = true;
        misses = 0;
      } else if (!isAside(words)) misses++;
    }
  }

  /** "so that's zero five four one eight": said again by the other side. */
  private readBack(leaf: number, words: readonly Word[]): void {
    const said: Address[] = [];
    for (let at = 0; at < words.length; at++) {
      const end = postcodeEnd(words, at);
      if (end < 0) continue;
      if (this.pieces.has(spellingOf(words, { first: at, last: end }))) said.push({ first: at, last: end });
      at = end;
    }
    this.record(leaf, said, { rule: 'repetition' });
  }

  private member(leaf: number): void {
    const { structure } = this.texts.search;
    const text = structure.text(leaf);
    if (
      NO_ADDRESS.test(text) ||
      !isAddressMember(structure.key(leaf), structure.containerKey(structure.parent(leaf)), text)
    )
      return;
    const words = this.texts.wordsOf(leaf);
    if (words.length > 0) this.record(leaf, [{ first: 0, last: words.length - 1 }], { rule: 'name' });
  }

  /** Whether a turn has an address in it, or the mask of one. */
  private isGiven(leaf: number): boolean {
    const isMasked = ({ kind, text }: Word): boolean => kind === MASK && text.startsWith('[address');
    return this.isFound(leaf) || this.texts.wordsOf(leaf).some(isMasked);
  }

  private isFound(leaf: number): boolean {
    return this.texts.search.found(leaf).some(({ type }) => type === 'STREET_ADDRESS');
  }

  private record(leaf: number, addresses: readonly Address[], reason: Reason): void {
    if (addresses.length === 0) return;
    const { search } = this.texts;
    const words = this.texts.wordsOf(leaf);
    for (const { first, last } of addresses) {
      this.pieces.add(spellingOf(words, { first, last }));
      for (let at = first; at <= last; at++) {
        const end = postcodeEnd(words, at);
        if (end > at || (end === at && words[at]?.kind === NUMBER))
          this.pieces.add(spellingOf(words, { first: at, last: end }));
        if (end >= 0) at = end;
      }
    }
    const text = search.structure.text(leaf);
    search.record(leaf, matchesOf(text, words, addresses, 'STREET_ADDRESS', search.found(leaf), reason));
    this.masked.add(leaf);
  }
}
