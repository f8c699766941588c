import { hasKind } from '../../text/terms.ts';
import type { PiiTypeDescriptor } from '../descriptor.ts';
import { findLoginPairs, findPasswords, MAY_LOG_IN } from './find-passwords.ts';

/** Passwords, where words say that a value is one. */
export const password: PiiTypeDescriptor<'PASSWORD'> = {
  name: 'PASSWORD',
  replacement: '[PASSWORD]',
  enabled: 'by default',
  foundBy:
    'a value after "password is", "the password you gave me was", "changed my password to", beside a user name, under a telling name, as the answer to the question, and where it is said again; answers to security questions',
  announcedBy: [
    {
      kind: 'PASSWORD',
      answer: 'secret',
      plain: 'never',
      inNames: 'at the end',
      isTalk: undefined,
      phrases: `
        password
        passwords
        pass word
        passwd
        pwd
        pw
        passphrase
        pass phrase
        pass
        security answer
        secret answer
        contraseña
        passwort
        mot de passe
        parola
        security word
        secret word
        secret phrase
        code word
        safe word
        memorable word
        login password
        temp password
        temporary password
        verbal password
        wifi password
        wi fi password
        memorable phrase
        pass words
        maiden name
        mothers maiden name
        mother maiden name
        mums maiden name
        place of birth
        city of birth
        town of birth
        memorable place
        memorable name
        answer to my security question
        answer to the security question
        answer to your security question
        security question answer
        name of my first pet
        name of your first pet
        first pets name
        first pet
        first school
        first car
        favourite teacher
        favorite teacher
        favourite colour
        favorite color
        childhood nickname
        childhood friend
        street you grew up on
        city you were born in
        city were you born in
        town you were born in
        town were you born in
        security question
        security words
        memorable words
        secret words
        code words
        safe words
        memorable places
        memorable names
        maiden names
        mothers maiden names
        security answers
        place you were born
        where you were born
        where were you born
        name of your first school
        name of my first school
        name of your primary school
        childhood pet
        favourite place
        favorite place
        favourite food
        favorite food
        favourite film
        favorite movie
        favourite book
        favorite book
        favourite team
        favorite team
        first job
        telephone password
        account password
      `,
    },
  ],
  linking: 'never',
  spelling: (value) => value,
  spansTurns: false,
  readBack: false,
  underAnyName: 'never',
  texts: [
    ({ tokens, terms }) => (hasKind(terms, 'PASSWORD') || hasKind(terms, 'PIN') ? findPasswords(tokens, terms) : []),
    ({ text }) => (text.includes('/') && MAY_LOG_IN.test(text) ? findLoginPairs(text) : []),
  ],
  codes: [],
  date: undefined,
  digits: undefined,
};
