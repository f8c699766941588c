import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'US_DRIVER_LICENSE',
  personal: [
    'my license is {US_DRIVER_LICENSE|D123-4567-8901}',
    'drivers licence {US_DRIVER_LICENSE|MORGA 657 054 SM9IJ}',
    'dl {US_DRIVER_LICENSE|S514-1234}',
    'license number {US_DRIVER_LICENSE|D1234567}',
    'drivers license {US_DRIVER_LICENSE|20458812}',
    '{US_DRIVER_LICENSE|D123-4567-8901} is my drivers license',
    'driving licence {US_DRIVER_LICENSE|MORGA657054SM9IJ}',
    'my dl number is {US_DRIVER_LICENSE|S514-1234}',
  ],
  ordinary: [
    'it is D123-4567-8901',
    'my license is D12',
    'my license expired',
    'order D123-4567-8901',
    'the license is for 25 users',
    'my license is here, invoice number D123-4567',
    'software licence terms',
    'the model is S514-1234',
  ],
};
