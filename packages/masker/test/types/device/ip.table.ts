import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'IP_ADDRESS',
  personal: [
    'ping {IP_ADDRESS|192.0.2.17}',
    'my ip is {IP_ADDRESS|203.0.113.9}',
    'it is {IP_ADDRESS|2001:db8::1}',
    'connected from {IP_ADDRESS|198.51.100.7}:8080',
    'the host is {IP_ADDRESS|fe80::1%eth0}',
    'ip {IP_ADDRESS|ten dot zero dot one dot ninety nine}',
    'range {IP_ADDRESS|192.0.2.0/24}',
    'the gateway is {IP_ADDRESS|10.0.0.1}',
  ],
  ordinary: [
    'version 10.4.2.11 crashes',
    'firmware 1.2.3.4 is out',
    'section 1.2.3.4.5',
    'it is 300.1.2.3',
    'at 10:30:45',
    'Chrome/120.0.0.0',
    'the price is 19.99',
    '1.2.3 is the release',
  ],
};
