import { detect } from './detect.ts';
import { type MaskOptions, type MaskSettings, type MaskTools, resolveOptions } from './options.ts';
import { splice } from './splice.ts';
import type { Finding, JsonValue } from './types.ts';

/** A masked document and what was found in the original. */
export interface MaskedTranscript {
  value: JsonValue;
  findings: Finding[];
}

/** Masks every string of a document, at any depth. The input is left as it was. */
export function maskTranscript(value: JsonValue, options?: MaskOptions, _tools: MaskTools = {}): MaskedTranscript {
  const settings = resolveOptions(options);
  const findings: Finding[] = [];
  return { value: maskValue(value, '', settings, findings), findings };
}

function maskValue(value: JsonValue, path: string, settings: MaskSettings, findings: Finding[]): JsonValue {
  if (typeof value === 'string') {
    const spans = detect(value, settings);
    if (spans.length === 0) return value;
    for (const span of spans) findings.push({ path, ...span });
    return splice(value, spans, (span) => settings.replacements[span.type]);
  }
  if (Array.isArray(value)) return value.map((item, index) => maskValue(item, `${path}/${index}`, settings, findings));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      maskValue(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, settings, findings),
    ]),
  );
}
