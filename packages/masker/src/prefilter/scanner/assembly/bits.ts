// What a word, a text or a code unit means, as bits and numbers; the same for both sides.

/** Announces something short or telling: a card, a birthday, a code. */
export const ANNOUNCES_SHORT = 1;
/** Announces something long: a phone number, an account. */
export const ANNOUNCES_LONG = 2;
/** Counts: "five", "fifteen", "double". */
export const NUMBER_WORD = 4;
/** A part of an address: "dot", "gmail". */
export const ADDRESS_WORD = 8;
/** Excludes by itself: it talks about orders, versions, prices and the like. */
export const EXCLUDING = 16;
/** The word before decides, too: "the back". */
export const PAIRED = 32;
/** A letter that stands by itself: what is spelled goes on with letters or digits. */
export const SPELLED_LETTER = 64;
/** May stand between two number words: "um", "and". Asked for after a number word only. */
export const HESITATION = 128;
/** Announces a value that may come without any digit: a password, a spoken date, an address. */
export const OPENING = 256;
/** A word of a phrase that excludes, or of one that has no bit of its own. */
export const MAYBE_EXCLUDING = 512;
/** A month or a day of it: with a number word or another of its kind it may be a date. */
export const CALENDAR_WORD = 1024;

/** Announces something when there are digits in the text, too: "last 4". */
export const ANNOUNCES_WITH_DIGITS = 2048;

/** The word behind it decides, too: "reach me". */
export const LEADING = 4096;

/** What follows is about something else, and then the number goes on: "hang on", "let me". */
export const HOLDING = 8192;

/** A first name, or a word that says that a name follows. */
export const NAMING = 0x4000;
/** Ends a street or names a place: an address, where there is a number in the text, too. */
export const PLACING = 0x8000;
/** Asks for a name: "who", "spell". */
export const ASKS_NAME = 0x200000;
/** Asks for an address, or announces one. */
export const ASKS_PLACE = 0x400000;
/** The string is under a name of a member that holds names or addresses. */
export const IN_MEMBER = 0x800000;

/** A rule could find something in the text. */
export const SUSPICIOUS = 0x10000;
/** Take the text apart. */
export const MATTERS = 0x20000;
/** Only words of other turns, or digits that go on in them, could make something of it. */
export const DEPENDS = 0x40000;
/** There are digits enough for a phone or an account. */
export const LONG_DIGITS = 0x80000;
/** The string is written with escapes. */
export const ESCAPED = 0x100000;

/** What separates words and says nothing. */
export const BLANK = 0;
/** A letter of ASCII. */
export const LETTER = 1;
/** A digit of ASCII. */
export const DIGIT = 2;
/** Inside a word it is not counted: "it's". */
export const APOSTROPHE = 3;
/** Between digits it may be of an IP address, between letters of an e-mail address. */
export const POINT = 4;
/** Between hexadecimal digits it may be of an address. */
export const COLON = 5;
/** `@ % & + <`: signs of addresses and of encoded characters. */
export const SIGN = 6;
/** A letter of a script whose words are not in the table: it may ask for anything. */
export const FOREIGN = 7;
/** Beyond ASCII and no letter. */
export const ODD = 8;
/** A digit of another script, an invisible character. */
export const ODD_SIGN = 9;
/** Ends a JSON string, or hides something in it. */
export const QUOTE = 10;
/** A letter of Latin script with a mark on it: words with it are not in the table. */
export const LATIN = 11;
