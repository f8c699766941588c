/** Sentences for types that are off by default, each read with that type alone switched on. Numbers are fictional. */
import type { PiiType } from '../../src/model/type-table.ts';

export interface OptInTable {
  type: PiiType;
  /** Marked as `{TYPE|text}`. */
  personal: readonly string[];
  /** What looks like it and is none. */
  ordinary: readonly string[];
}

export const OPT_IN: readonly OptInTable[] = [
  {
    type: 'US_MBI',
    personal: [
      'medicare {US_MBI|1EG4-TE5-MK73}',
      'it is {US_MBI|1EG4TE5MK73}',
      'it is {US_MBI|9aa9aa9aa99}',
      'it is {US_MBI|1EG4-TE5MK73}, thanks',
    ],
    ordinary: [
      '0EG4-TE5-MK73',
      '1SG4-TE5-MK73',
      '1EL4-TE5-MK73',
      '1EG4-OE5-MK73',
      '1EG4-TE5-BK73',
      '1EG4-TE5-MK7',
      '1EG4-TE5-MK733',
      'x-1EG4-TE5-MK73',
    ],
  },
  {
    type: 'UK_NINO',
    personal: [
      'ni is {UK_NINO|AZ 12 34 56 A}',
      'it is {UK_NINO|az123456d}',
      'it is {UK_NINO|AZ 123 456 C}',
      'it is {UK_NINO|QQ 12 34 56 B}',
    ],
    ordinary: [
      'BG 12 34 56 A',
      'GB 12 34 56 A',
      'ZZ 12 34 56 A',
      'DZ 12 34 56 A',
      'AO 12 34 56 A',
      'AZ 12 34 56 E',
      'AZ 12 34 5 A',
      'AZ 12 34 56 AB',
    ],
  },
  {
    type: 'VIN',
    personal: [
      'the vin is {VIN|1M8GDM9AXKP042788}',
      'chassis {VIN|1hgcm82633a004352}',
      'it is {VIN|11111111111111111}',
    ],
    ordinary: ['1M8GDM9A1KP042788', '1M8GDM9AXKP042789', '1M8GDM9AXKP04278', 'IM8GDM9AXKP042788', 'x1M8GDM9AXKP042788'],
  },
  {
    type: 'MAC_ADDRESS',
    personal: ['router {MAC_ADDRESS|00:1A:2B:3C:4D:5E}', 'it is {MAC_ADDRESS|00-1a-2b-3c-4d-5e}'],
    ordinary: ['00:1A:2B:3C:4D', '00:1G:2B:3C:4D:5E', 'at 10:30:45'],
  },
  {
    type: 'CA_SIN',
    personal: [
      'my SIN is {CA_SIN|130 692 544}',
      'it is {CA_SIN|130 692 544}',
      'it is {CA_SIN|130-692-544}',
      'my SIN is {CA_SIN|130692545}',
    ],
    ordinary: [
      'it is 130 692 545',
      'it is 130 692-544',
      'it is 046 454 286',
      'it is 830 692 547',
      'it is 222 222 222',
      'it is 13 0692 544',
    ],
  },
  {
    type: 'IN_AADHAAR',
    personal: [
      'aadhaar {IN_AADHAAR|2341 2341 2346}',
      'it is {IN_AADHAAR|234123412346}',
      'aadhaar {IN_AADHAAR|2341 2341 2345}',
    ],
    ordinary: ['it is 2341 2341 2345', 'it is 1341 2341 2342', 'it is 23412 341 2346', 'it is 2341 2341 234'],
  },
  {
    type: 'US_PASSPORT',
    personal: [
      'my passport is {US_PASSPORT|C12345678}',
      'passport number {US_PASSPORT|123456789}',
      'travel document {US_PASSPORT|x98765432}',
    ],
    ordinary: ['it is C12345678', 'my passport is C1234567', 'my passport is CC12345678', 'my passport is blue'],
  },
  {
    type: 'US_DRIVER_LICENSE',
    personal: [
      'my license is {US_DRIVER_LICENSE|D123-4567-8901}',
      'drivers licence {US_DRIVER_LICENSE|MORGA 657 054 SM9IJ}',
      'dl {US_DRIVER_LICENSE|S514-1234}',
    ],
    ordinary: ['it is D123-4567-8901', 'my license is D12', 'my license expired'],
  },
  {
    type: 'LICENSE_PLATE',
    personal: [
      'license plate {LICENSE_PLATE|ABC-1234}',
      'the registration is {LICENSE_PLATE|AB12 CDE}',
      'tags {LICENSE_PLATE|7ABC123}',
    ],
    ordinary: ['it is ABC-1234', 'license plate ABCD', 'my plate is abc'],
  },
];
