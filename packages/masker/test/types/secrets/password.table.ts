import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'PASSWORD',
  personal: [
    'my password is {PASSWORD|hunter2}',
    'password: {PASSWORD|pineCone_58}',
    'pw {PASSWORD|crickets}',
    'the password you gave me was {PASSWORD|tulip7}',
    'I changed my password to {PASSWORD|kitty#20}',
    'login is ana / {PASSWORD|pine#Cone}',
    'passphrase is {PASSWORD|sunflower}',
    'my password is {PASSWORD|tulip niner aught}',
  ],
  ordinary: [
    'I forgot my password',
    'the password is wrong',
    'my password expired yesterday',
    'reset the password please',
    'password policy',
    'the password was changed',
    'does the password work',
    'your password must be longer',
  ],
};
