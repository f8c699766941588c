import { hasKind } from '../../text/terms.ts';
import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';
import { findIpAddresses, findSpokenIps } from './find-ips.ts';

/** Addresses of the internet protocol. */
export const ip: PiiTypeDescriptor<'IP_ADDRESS'> = {
  name: 'IP_ADDRESS',
  replacement: '[IP_ADDRESS]',
  enabled: 'by default',
  foundBy: 'IPv4 (not a version number) and every IPv6 form, with zone and prefix; spoken beside "IP"',
  announcedBy: [
    {
      kind: 'IP',
      answer: 'code',
      plain: 'never',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        ip
        i p
        ip address
        ipv4
        ipv6
        host
        server
        connected from
        gateway
        subnet
        dns
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: false,
  readBack: false,
  underAnyName: 'never',
  texts: [
    // Where a version was asked for, four numbers are one.
    ({ text, terms, prior }) => (prior[0] !== 'EXCLUSION' || hasKind(terms, 'IP') ? findIpAddresses(text) : []),
    ({ tokens, terms, runs, prior }) =>
      prior.includes('IP') || hasKind(terms, 'IP') ? findSpokenIps(tokens, runs) : [],
  ],
  codes: [],
  date: undefined,
  digits: undefined,
};
