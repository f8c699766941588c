import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'LICENSE_PLATE',
  personal: [
    'license plate {LICENSE_PLATE|ABC-1234}',
    'the registration is {LICENSE_PLATE|AB12 CDE}',
    'tags {LICENSE_PLATE|7ABC123}',
    '{LICENSE_PLATE|ABC-1234} is my plate',
    'plate number {LICENSE_PLATE|4471220}',
    'number plate {LICENSE_PLATE|AB12CDE}',
    'my plate is {LICENSE_PLATE|KLM 482}',
    'reg number {LICENSE_PLATE|AB12 CDE}',
  ],
  ordinary: [
    'it is ABC-1234',
    'license plate ABCD',
    'my plate is abc',
    'license plate holder, call 415 555 0132',
    'order ABC-1234',
    'the model is AB12 CDE',
    'flight AB12',
    'a plate of 12 cookies',
  ],
};
