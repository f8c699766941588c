import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'EMAIL_ADDRESS',
  personal: [
    'write to {EMAIL_ADDRESS|rosa.diaz@example.org} please',
    '{EMAIL_ADDRESS|RDIAZ+news@mail.example.co.uk} is mine',
    'it is {EMAIL_ADDRESS|rosa dot diaz at gmail dot com}',
    '{EMAIL_ADDRESS|rosa (at) example (dot) org}',
    'email {EMAIL_ADDRESS|r o s a at yahoo dot com}',
    'mail me: {EMAIL_ADDRESS|rosa_diaz@example.com}, thanks',
    '<{EMAIL_ADDRESS|rosa@example.net}>',
    'my email is {EMAIL_ADDRESS|rosa at example dot org}',
  ],
  ordinary: [
    'meet me at example street',
    'the icon@2x.png file is missing',
    'I am at work dot',
    'look at the dot on the map',
    'it starts at ten and ends at eleven',
    'at the moment I have no mail',
    'the price is 20 @ 3 each',
    'say hello at the com desk',
  ],
};
