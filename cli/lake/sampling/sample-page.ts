/** The page on which a person reads what was drawn. It holds no script, and loads nothing. Pure. */
import type { SampledRow } from './draw-sample.ts';

/** `[PHONE_MASKED]`, `[PHONE_MASKED:k7f3]`: what stands in the place of a value. */
const MASK = /\[[A-Z][A-Z0-9_]{1,38}(?::[A-Za-z0-9]{1,32})?\]/g;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:3rem;border-top:1px solid;padding-top:1rem}table{border-collapse:collapse;width:100%}
th{font-weight:normal;text-align:left;opacity:.6;padding-right:1rem;vertical-align:top;white-space:nowrap}
td{overflow-wrap:anywhere;white-space:pre-wrap}mark{font-weight:bold}`;

const HOW = `Read each interaction. In the sheet, beside its number and the type, write under <b>wrong</b> how many of the marked places should
have stayed, and under <b>missed</b> how many should have been masked and are not. For a type that the sheet does not list there, write its name
into the line without one, such as PERSON, or add a line. Write a 0 for an interaction in which all is right: one without a figure counts as not
looked at.`;

/**
 * The page as HTML. Everything that a row says of its interaction is on it, strings and numbers, each with its place.
 *
 * @example samplePage(rows).includes('<mark>[PHONE_MASKED]</mark>') // true
 */
export function samplePage(rows: readonly SampledRow[]): string {
  const sections = rows.map(({ row }, n) => {
    const { interactionId, mediaType, timestamp, transcript, interaction, findings } = row;
    const found = Object.entries(findings).map(([type, count]) => `${type} ${count}`);
    const places = [...placesOf(transcript, ''), ...placesOf(interaction?.row, '/interaction')];
    return `<section><h2>${n + 1}. ${escaped(mediaType)}, ${escaped(timestamp)}</h2>
<p>${escaped(interactionId)}; masked: ${escaped(found.join(', ') || 'nothing')}</p>
<table>${places.map(([path, text]) => `<tr><th>${escaped(path)}</th><td>${marked(text)}</td></tr>`).join('\n')}</table></section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sample of masked transcripts</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex"><style>${STYLE}</style></head>
<body><h1>${rows.length} masked transcripts, drawn at random</h1><p>${HOW}</p>
${sections.join('\n')}
</body></html>
`;
}

/** Every string and number of a document with its place; words of a list stand in one line. */
function placesOf(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string' || typeof value === 'number') return [[path, String(value)]];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [[path, value.join(' ')]];
  return Object.entries(value).flatMap(([name, member]) => placesOf(member, `${path}/${name}`));
}

function marked(text: string): string {
  return escaped(text).replace(MASK, (mask) => `<mark>${mask}</mark>`);
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');
}
