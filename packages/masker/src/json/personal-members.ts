/** What the names of members say of people and places. */

/**
 * What the name of a member says: its value is a name of a person (`named`), or it is who something is, which may be a name,
 * a role, an id (`who`).
 */
export type MemberSense = 'named' | 'who' | undefined;

/** Characters of the name of a member; a sentence is none. */
const LONGEST = 60;

const KINDS_OF_NAMES =
  'display|full|first|last|middle|given|family|fore|nick|maiden|legal|preferred|agent|customer|caller|client|contact|patient|member|employee|participant|sender|recipient|supervisor|manager|cardholder|holder|owner|rep|representative|operator|assignee|requester|requestor|visitor|guest|consumer|subscriber|author|person|beneficiary|spouse|passenger|insured|policyholder|respondent|speaker|end ?user|attendee|doctor|physician|tenant|borrower|driver|student|teacher|parent|billing|shipping';
const NAMED = new RegExp(
  `^(?:\\w+ ){0,4}(?:${KINDS_OF_NAMES}) ?names?$|^(?:\\w+ ){0,3}(?:surname|firstname|lastname|fullname|cardholder|account holder|policy ?holder)$`,
);
const WHO =
  /^(?:\w+ ){0,2}(?:from|to|cc|agent|customer|participant|author|author user|speaker|user|caller|callee|sender|recipient|owner|assignee|assigned to|created by|updated by|signed by|handled by|closed by|username|user name|contact|who|client|patient|end ?user|supervisor|manager|employee|operator|member|visitor|guest|person|spouse|attendee|name)$/;
const PEOPLE =
  /(?:agent|customer|caller|client|contact|patient|member|employee|participant|sender|recipient|supervisor|manager|owner|representative|operator|assignee|requester|visitor|guest|consumer|subscriber|author|user|person|people|spouse|attendee)s?$/i;

/** What the name of a member says of people: `customerName` → `named`, `from` → `who`. */
export function senseOfMember(key: string): MemberSense {
  if (key.length < 2 || key.length > LONGEST) return undefined;
  return sense(key);
}

/** Whether a container is one of a person, so that its `name` is a person's: `customer: {name}`. */
export function holdsPeople(containerKey: string): boolean {
  return PEOPLE.test(containerKey);
}

const NO_PEOPLE =
  /(?:^| )(?:city|state|country|county|town|region|province|place|location|language|locale|timezone|time zone|company|organi[sz]ation|brand|product|team|skill|queue|department|campaign|category|store|branch|site|hospital|school|bank|model|vendor)(?: names?)?$/;

/** Whether a member names a place or a group: "Charlotte" under `city` is nobody. */
export function namesNoPeople(key: string): boolean {
  return key.length <= LONGEST && isNoPeople(key);
}

const STREET =
  /^(?:\w+ ){0,3}(?:street|street ?address|address ?line ?\d?|address ?\d|addr ?\d?|line ?[12]|street ?(?:line ?)?\d|postal ?address|mailing ?address|home ?address|billing ?address|shipping ?address|delivery ?address|residential ?address|full ?address|street ?name|house ?number|apartment|apt)$/;
const ADDRESS = /^(?:\w+ ){0,3}address$/;
const CODE = /^(?:\w+ ){0,3}(?:zip|zip ?code|postal ?code|post ?code|pin ?code|eir ?code)$/;
const OTHER = /\b(?:e ?mail|ip|mac|web|url|wallet|host|sip|remote|server|network|bus|memory)\b/;
/** What stands in a field of an address and is none: "ann@example.com", "10.0.0.1", "https://…". */
const NO_POSTAL = /[@]|:\/\/|^\d{1,3}(?:\.\d{1,3}){3}$|^[\da-f]{2}(?::[\da-f]{2}){5}$/i;

/**
 * Whether a member holds a postal address.
 *
 * @param container the name of the object around it
 * @example isAddressMember('addressLine1', 'customer', '12 Elm Street') // true
 */
export function isAddressMember(key: string, container: string, value: string): boolean {
  if (!isPostal(key) || NO_POSTAL.test(value)) return false;
  const name = spaced(key);
  if (STREET.test(name))
    return /line ?\d?$/.test(name) && !/addr|street/.test(name) ? /address|addr/i.test(container) : true;
  if (CODE.test(name)) return /\d/.test(value) && value.length <= 12;
  return ADDRESS.test(name) && /\d/.test(value) && /\p{L}/u.test(value);
}

/** Whether the name of a member is one of those that may hold an address. */
export function mayHoldAddress(key: string): boolean {
  return isPostal(key);
}

/** Names that are remembered; transcripts have some dozens. */
const MOST_REMEMBERED = 1024;

/** The same function with what it said of the last names: they repeat in every record. */
function remembering<Said>(of: (key: string) => Said): (key: string) => Said {
  const said = new Map<string, Said>();
  return (key) => {
    const known = said.get(key);
    if (known !== undefined || said.has(key)) return known as Said;
    if (said.size >= MOST_REMEMBERED) said.clear();
    const fresh = of(key);
    if (key.length <= LONGEST) said.set(key, fresh);
    return fresh;
  };
}

const sense = remembering((key): MemberSense => {
  const name = spaced(key);
  if (NAMED.test(name)) return 'named';
  return WHO.test(name) ? 'who' : undefined;
});
const isNoPeople = remembering((key) => NO_PEOPLE.test(spaced(key)));
const isPostal = remembering((key) => {
  const name = spaced(key);
  return name.length <= LONGEST && !OTHER.test(name) && (STREET.test(name) || CODE.test(name) || ADDRESS.test(name));
});

function spaced(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\-.:/\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
