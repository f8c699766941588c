import { hasKind } from '../../text/terms.ts';
import type { PiiTypeDescriptor } from '../descriptor.ts';
import { findSpokenEmails } from './spoken-email.ts';
import { findTypedEmails } from './typed-email.ts';

/** Addresses, typed in the usual way, obfuscated, spoken or spelled. */
export const email: PiiTypeDescriptor<'EMAIL_ADDRESS'> = {
  name: 'EMAIL_ADDRESS',
  replacement: '[EMAIL_MASKED]',
  enabled: 'by default',
  foundBy: 'shape: typed, obfuscated (`ana (at) example (dot) org`), spoken, spelled',
  announcedBy: [
    {
      kind: 'EMAIL',
      answer: 'address',
      plain: 'words',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        email
        e mail
        email address
        e mail address
        mail
        emails
        mailbox
        inbox
        correo
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: (value) => value.replace(/\s/g, '').toLowerCase(),
  spansTurns: false,
  readBack: false,
  underAnyName: () => true,
  texts: [
    ({ text }) => (text.includes('@') ? findTypedEmails(text) : []),
    ({ tokens, terms, prior, found }) =>
      findSpokenEmails(tokens, prior.includes('EMAIL') || hasKind(terms, 'EMAIL'), found),
  ],
  codes: [],
  date: undefined,
  digits: undefined,
};
