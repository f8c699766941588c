import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

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
  texts: [],
  codes: [
    {
      pattern:
        /(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])/g,
      needs: undefined,
      // Neither the broadcast nor the null address.
      accepts: (value) => !/^(?:ff[:-]?){6}$|^(?:00[:-]?){6}$/i.test(value),
    },
  ],
  date: undefined,
  digits: undefined,
};
