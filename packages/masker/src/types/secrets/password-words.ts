/** The words around a password that are none. */
import { wordsOf } from '../../text/word-groups.ts';

/** Words after "password" or "password is" that are talk about passwords, not one. */
export const TALK: ReadonlySet<string> = new Set(
  wordsOf({
    articles: 'a an the',
    being: 'is was are be been being isnt wasnt',
    having: 'do does did has have had doesnt dont didnt',
    modals: 'should would could can will must may might wont cant couldnt needs need needed',
    negations: 'not no never nothing',
    conjunctions: 'and or but as if so because since until before after while that which',
    prepositions: 'for to of in on at with from by through over between around up out back',
    pronouns: 'it its i you we they he she my your our his her their this one ones something anything',
    questions: 'what when where how why who',
    adverbs: 'again still just already also too very really here there now then even only later yet correctly',
    days: 'today tomorrow yesterday',
    courtesies: 'please thanks thank ok okay yes yeah yep',
    validity:
      'wrong right incorrect correct invalid valid expired expiring expires expire locked accepted rejected fine good bad',
    states: 'old new same different unknown blank empty gone lost forgotten sensitive case protected stored saved',
    changing: 'reset resets resetting change changed changing changes update updated set rotation',
    rules: 'required requirements requirement policy rules security strength length complexity',
    places: 'manager page screen field box sheet field_name entry entries',
    sending: 'prompt link email sent sending',
    recovery: 'question questions hint recovery help request requests attempt attempts',
    troubles: 'issue issues problem problems fails fail failed keeps kept keep went',
    working: 'works working work',
    technique: 'authentication verification grant hash hashes word words phrase',
  }),
);

/** Between the word and "is": "the password you gave me for the portal is …". */
export const RELATIVES: ReadonlySet<string> = new Set(
  wordsOf({
    articles: 'the that this',
    pronouns: 'i you we they he she me us him my our your his her',
    prepositions: 'for to on in at of with up',
    times: 'here currently old new temporary temp first',
    using: 'use used using',
    giving: 'gave give given sent texted emailed got',
    making: 'set created made chose picked changed reset',
    having: 'have had has',
    places: 'account portal file login email wifi router online banking app website site',
  }),
);

/** Between "is" and the value. */
export const HEDGES: ReadonlySet<string> = new Set(
  wordsOf({
    pronouns: 'it its',
    hesitations: 'um uh er just like actually still now currently',
    futures: 'going gonna be to set',
    spelling: 'all lowercase uppercase',
    signs: ', " \' \u201c ( [ { <',
  }),
);

/** What stands between the name of a password and its value, in the languages whose names for it are known. */
export const ANNOUNCING: ReadonlySet<string> = new Set([':', '=', 'is', 'was', 'es', 'ist', 'est']);

/** After these and "to" comes the value: "changed my password to …". */
export const CHANGES: ReadonlySet<string> = new Set(
  wordsOf({
    changing: 'changed change changing',
    resetting: 'reset resetting',
    setting: 'set',
    updating: 'updated update',
  }),
);

/** What an answer may begin with before the password. */
export const ANSWER_OPENINGS: ReadonlySet<string> = new Set(
  wordsOf({
    assent: 'yes yeah sure okay ok',
    hesitations: 'um uh er well so',
    beliefs: 'i think believe guess would should be',
    announcing: 'it its is thats that the my password',
    signs: ', . : " \'',
  }),
);

/** An answer with one of these is no password: "hold on a second". */
export const REFUSALS: ReadonlySet<string> = new Set(
  wordsOf({
    negations: 'no dont did',
    apologies: 'sorry hmm',
    waiting: 'hold wait sec second moment let me check',
    remembering: 'remember forgot know think sure',
    asking: 'what want need',
  }),
);
