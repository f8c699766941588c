/** Dialogues that are one string: a line a turn, who speaks before it. */

/** A turn in a string: who speaks, and where that and the text stand. */
export interface LabelledTurn {
  readonly speaker: string;
  readonly speakerStart: number;
  readonly text: string;
  readonly start: number;
}

/** "[00:01:12]", "10:31 AM -", "(00:12)" */
const TIME = String.raw`(?:[[(]?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?: ?[AaPp]\.?[Mm]\.?)?[\])]?[ \t]{0,3}(?:[-\u2013][ \t]{0,3})?)?`;
const ROLES =
  'agent|customer|caller|client|member|patient|doctor|nurse|user|visitor|guest|rep|representative|advisor|adviser|associate|operator|specialist|system|bot|chatbot|ivr|assistant|support|speaker|participant|spk|host|human|consumer|employee|csr|tech|technician|supervisor|manager|contact|interviewer';
/** A role, with a number or not, or a name that is written with capitals. */
const LABEL = String.raw`(?:(?:${ROLES})(?:[ _]?(?:\d{1,2}|[A-Ea-e])(?![\w]))?|[\p{Lu}][\p{L}.'\u2019-]{0,20}(?: [\p{Lu}][\p{L}.'\u2019-]{0,20}){0,2})`;
/** A name that was masked before, the full stop of its initial with it: such speakers look alike. */
const MASKED = String.raw`\[[A-Z][A-Z0-9_]{1,38}(?::[A-Z0-9]{1,32})?\]`;
const LINE = new RegExp(
  String.raw`^[ \t>*]{0,4}${TIME}(?:(${MASKED})\.?[ \t]{0,3}(?::|[ \t][\u2013-](?=[ \t]))|\[(${LABEL})\][ \t]{0,3}[:\u2013-]?|(${LABEL})[ \t]{0,3}(?:[[(]\d{1,2}:\d{2}[^\])\n]{0,12}[\])][ \t]{0,3})?(?::|[ \t][\u2013-](?=[ \t])))[ \t]{0,3}`,
  'iu',
);
const ROLE = new RegExp(`^(?:${ROLES})(?:[ _]?(?:\\d{1,2}|[a-e]))?$`, 'i');
/** Whether a label tells a dialogue by itself. */
const isAlone = (speaker: string): boolean => ROLE.test(speaker) || speaker.startsWith('[');
/** Names that are no roles have to come again. */
const FEWEST_OF_A_NAME = 2;
const FEWEST_TURNS = 2;
/** Characters of a label with what stands around it. */
const LONGEST_LABEL = 100;

/**
 * The turns of a dialogue in one string; undefined for a text that is none, such as a form with a name before each value.
 *
 * @example readDialogue('Agent: your PIN?\nCustomer: 4471')?.map(({ speaker }) => speaker) // ['agent', 'customer']
 */
export function readDialogue(text: string): LabelledTurn[] | undefined {
  if (!text.includes('\n')) return undefined;
  const turns: { speaker: string; speakerStart: number; start: number; end: number }[] = [];
  const counts = new Map<string, number>();
  for (let from = 0; from <= text.length; ) {
    const stop = text.indexOf('\n', from);
    const end = stop < 0 ? text.length : stop;
    const match = LINE.exec(text.slice(from, Math.min(end, from + LONGEST_LABEL)));
    const label = match?.[1] ?? match?.[2] ?? match?.[3];
    const last = turns.at(-1);
    if (match !== null && label !== undefined) {
      const speaker = label.toLowerCase();
      counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
      turns.push({ speaker, speakerStart: from + match[0].indexOf(label), start: from + match[0].length, end });
    } else if (last !== undefined) last.end = end;
    else if (end > from) turns.push({ speaker: '', speakerStart: from, start: from, end });
    from = end + 1;
  }
  const labelled = turns.filter(({ speaker }) => speaker !== '').length;
  const isDialogue =
    labelled >= FEWEST_TURNS &&
    [...counts].every(([speaker, count]) => isAlone(speaker) || (counts.size > 1 && count >= FEWEST_OF_A_NAME));
  if (!isDialogue) return undefined;
  return turns.map(({ speaker, speakerStart, start, end }) => ({
    speaker,
    speakerStart,
    text: text.slice(start, end),
    start,
  }));
}
