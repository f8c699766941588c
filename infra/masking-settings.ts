/** The masking options that people write, checked further than the masker itself does. */

import { MaskOptions } from '@cxone-transcripts/masker/options';
import { isSupportedCountry } from 'libphonenumber-js/min';
import * as z from 'zod';

/** What people write for a country whose ISO 3166 code is another. */
const OFTEN_MISTAKEN: Readonly<Record<string, string>> = { UK: 'GB', EN: 'GB', EL: 'GR' };

function isRegion(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && isSupportedCountry(code);
}

/** A country whose national phone formats are known: any other code would silently mask nothing. */
const Region = z.string().refine(isRegion, {
  error: ({ input }) => {
    const code = String(input).toUpperCase();
    const meant = OFTEN_MISTAKEN[code] ?? (isRegion(code) ? code : undefined);
    const example = meant === undefined ? ', such as US, GB or DE' : `: ${meant}`;
    return `must be the two-letter ISO 3166 code of a country${example}`;
  },
});

/** {@link MaskOptions} in which every region is a country. */
export const MaskingSettings = MaskOptions.extend({ regions: z.array(Region).max(20).optional() });
