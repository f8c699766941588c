import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'MAC_ADDRESS',
  personal: [
    'router {MAC_ADDRESS|00:1A:2B:3C:4D:5E}',
    'it is {MAC_ADDRESS|00-1a-2b-3c-4d-5e}',
    'mac {MAC_ADDRESS|001a.2b3c.4d5e}',
    'the mac address is {MAC_ADDRESS|08:19:2B:3C:4D:5E}',
    'ethernet {MAC_ADDRESS|DE:AD:BE:EF:00:01}',
    '{MAC_ADDRESS|0a:1b:2c:3d:4e:5f} is offline',
    'device ({MAC_ADDRESS|00:1A:2B:3C:4D:5E})',
    '{MAC_ADDRESS|00:1A:2B:3C:4D:5E}, please',
  ],
  ordinary: [
    '00:1A:2B:3C:4D',
    '00:1G:2B:3C:4D:5E',
    'at 10:30:45',
    'ff:ff:ff:ff:ff:ff',
    '00:00:00:00:00:00',
    'serial number 00:1A:2B:3C:4D:5E',
    '00:1A:2B:3C:4D:5E:6F',
    '00:1A-2B:3C-4D:5E',
  ],
};
