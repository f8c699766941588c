import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';
import { findMacAddresses } from './find-macs.ts';

/** Addresses of network hardware. */
export const mac: PiiTypeDescriptor<'MAC_ADDRESS'> = {
  name: 'MAC_ADDRESS',
  replacement: '[MAC_ADDRESS]',
  enabled: 'on request',
  foundBy: 'shape: six pairs of hexadecimal digits, or three groups of four',
  announcedBy: [
    {
      kind: 'MAC',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        mac
        mac address
        hardware address
        physical address
        ethernet
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: false,
  readBack: true,
  underAnyName: 'never',
  texts: [({ text }) => findMacAddresses(text)],
  codes: [],
  date: undefined,
  digits: undefined,
};
