import { hasKind } from '../../text/terms.ts';
import type { PiiTypeDescriptor } from '../descriptor.ts';
import { findLoginPairs, findPasswords, MAY_LOG_IN } from './find-passwords.ts';

/** Passwords, where words say that a value is one. */
export const password: PiiTypeDescriptor<'PASSWORD'> = {
  name: 'PASSWORD',
  replacement: '[PASSWORD]',
  enabled: 'by default',
  foundBy:
    'a value after "password is", "the password you gave me was", "changed my password to", beside a user name, under a telling name, as the answer to the question, and where it is said again',
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
