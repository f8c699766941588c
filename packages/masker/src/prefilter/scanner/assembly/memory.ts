// Where things are in the memory of the scanner; the same for both sides. Addresses and sizes in bytes.

/** Kind of each UTF-16 code unit, one byte each. */
export const KINDS: usize = 0;
/** Masks that leave the letters of a word of so many: of 16 and more, the first 16. */
export const MASKS: usize = 0x1a000;
/** Letters of the longest word there is a mask for. */
export const MASKED_LETTERS = 64;
/** Masks that leave 0 to 16 code units of two vectors. */
export const UNIT_MASKS: usize = 0x1a500;
/** The bytes of a chunk in lower case. */
export const LOWER: usize = 0x1a800;
/** A word without its apostrophes. */
export const WORD: usize = 0x1a880;

/** Member names by number: address, units, use, number of the name that followed, four bytes each. */
export const NAMES: usize = 0x1b000;
/** Names beyond are not remembered: they are asked for each time. */
export const MAX_NAMES = 2048;
/** Numbers of names by hash, two bytes each. */
export const NAME_SLOTS: usize = 0x23000;
/** A power of two, four times the names, so that a search is short. */
export const NAME_SLOT_COUNT = 8192;
/** The code units of the names. */
export const NAME_UNITS: usize = 0x27000;
/** The end of {@link NAME_UNITS}. */
export const NAME_UNITS_END: usize = 0x40000;

/** Leaves that were read and not yet taken over: rows of {@link LEAF_FIELDS} integers. */
export const LEAVES: usize = 0x40000;
/** Room in {@link LEAVES}. */
export const MAX_LEAVES = 4096;
/** Containers that were read and not yet taken over: rows of {@link CONTAINER_FIELDS} integers. */
export const CONTAINERS: usize = 0x60000;
/** Room in {@link CONTAINERS}. */
export const MAX_CONTAINERS = 2048;

/** A text that stands for itself. */
export const TEXT: usize = 0x68100;
/** Room in {@link TEXT}, in code units. */
export const TEXT_UNITS = 4096;

/** Short values of the first names, two of each. */
export const VALUES: usize = 0x6b000;
/** How many names have their values remembered: the first. */
export const NAMED_VALUES = 192;
/** An entry: the value, its length and its flags, four bytes each. */
export const VALUE_BYTES = 40;
/** A value of more bytes is not short. */
export const SHORT_BYTES: usize = 32;

/** What the compiler itself puts into memory. */
export const STATIC = 0x6f000;

/** A window of the JSON text, after the units before it that a rule may look back at. */
export const WINDOW: usize = 0x70100;
/** Room in {@link WINDOW}, in code units. */
export const WINDOW_UNITS = 65536;
/** Units before the place where reading goes on that stay readable. */
export const LOOK_BACK = 64;

/** A short text that stands for itself, as UTF-8 first. */
export const UTF8: usize = 0x90400;

/** Suspicious leaves that were read and not yet taken over, by number. */
export const SUSPECTS: usize = 0x93800;

/** One bit for each value of the first {@link FILTER_BITS} of a hash: most words are told to be unknown by it alone. */
export const FILTER: usize = 0x98000;
/** So many that with all first names one bit in thirty is set. */
export const FILTER_BITS = 19;
/** Words by hash: slots of hash and bits, four bytes each. */
export const WORDS: usize = 0xa8000;
/** A power of two, so that a hash finds its slot by a mask. */
export const WORD_SLOTS = 32768;

/** The open containers: parent, position and use, 16 bytes for each. To the end of the memory. */
export const STACK: usize = 0xe8000;
/** How much of it there is at first, pages of 64 KiB. */
export const PAGES = 24;

/** What is known of a leaf: integers of four bytes. */
export const LEAF_FIELDS = 8;
/** {@link STRING}, {@link NUMBER} or {@link KEY}. */
export const LEAF_KIND = 0;
/** Container of the leaf. */
export const LEAF_PARENT = 1;
/** Position in an array, -1 in an object. */
export const LEAF_INDEX = 2;
/** The prefilter's flags: whether a rule may find something, what the text asks for. */
export const LEAF_FLAGS = 3;
/** Offsets in the source: of a string's content, of a number. */
export const LEAF_START = 4;
/** The end of it, offset in the source. */
export const LEAF_END = 5;
/** Number of its name. */
export const LEAF_NAME = 6;

/** What is known of a container: integers of four bytes. */
export const CONTAINER_FIELDS = 4;
/** Number of the container around it. */
export const CONTAINER_PARENT = 0;
/** Position in an array, -1 in an object. */
export const CONTAINER_INDEX = 1;
/** Number of its name. */
export const CONTAINER_NAME = 2;
/** Where it opens in the source. */
export const CONTAINER_START = 3;

/** A kind of leaf: a string that is a value. */
export const STRING = 0;
/** A kind of leaf: a number. */
export const NUMBER = 1;
/** A kind of leaf: the name of a member. */
export const KEY = 2;

/** What a number is under a name: of no interest. */
export const MEASURE = 0;
/** What a number is under a name: perhaps personal. */
export const TELLING = 1;
/** What a number is under a name: a place in a text. */
export const OFFSET = 2;
/** Telling, and a string under it is one whatever it looks like. */
export const SECRET = 3;
/** What a string is under a name: perhaps a person's name or an address. */
export const PERSONAL = 4;

/** Why a scan came back: the text is read. */
export const DONE = 0;
/** The next window is needed. */
export const MORE = 1;
/** Leaves or containers have to be taken over. */
export const FULL = 2;
/** A name that is not known, or is written with escapes. */
export const UNKNOWN_NAME = 3;
/** A string with escapes. */
export const AWKWARD_STRING = 4;
/** A number that is not plain, or no JSON. */
export const AWKWARD_LITERAL = 5;
/** The text is no JSON. */
export const INVALID = 6;
