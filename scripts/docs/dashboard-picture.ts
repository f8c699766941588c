/** The dashboard's layout as an SVG, from the body in the template. Pure. */
import { type Json, ofType, type Template } from './template.ts';

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title?: string;
    markdown?: string;
    metrics?: Json[][];
    alarms?: Json[];
    query?: string;
    view?: string;
  };
}

const UNIT = 46;
const GAP = 6;
const COLOURS: Record<string, string> = {
  text: '#eef2f7',
  alarm: '#fdf1e3',
  log: '#eef7ee',
  metric: '#ffffff',
};

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function bodyOf(template: Template): Widget[] {
  const [dashboard] = ofType(template, 'AWS::CloudWatch::Dashboard');
  const body = dashboard?.[1].Properties.DashboardBody as { 'Fn::Join': [string, Json[]] };
  // What only a deployment knows stands inside strings.
  const text = body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

/** What a widget shows: the labels of its lines, the first of them. */
function linesOf({ type, properties }: Widget): string[] {
  if (type === 'alarm') return [`${properties.alarms?.length ?? 0} alarms, green, red or grey`];
  if (type === 'log') return (properties.query ?? '').split('\n').map((line) => line.replace(/^\|? ?/, ''));
  const labels = (properties.metrics ?? []).flatMap((metric) => {
    const options = metric.at(-1) as { label?: string; visible?: boolean; expression?: string } | undefined;
    if (typeof options !== 'object' || options?.visible === false) return [];
    if (options?.expression?.startsWith('SEARCH')) return ['one area for each type'];
    return options?.label ? [options.label] : [];
  });
  return [...new Set(labels)];
}

/** As many letters as fit on average. */
function clip(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

function draw(widget: Widget): string {
  const { x, y, width, height, type, properties } = widget;
  const left = x * UNIT + GAP;
  const top = y * UNIT + GAP;
  const title = properties.title ?? properties.markdown?.replace(/^#+ /, '') ?? '';
  const room = Math.floor((height * UNIT - 44) / 18);
  const texts = linesOf(widget)
    .slice(0, Math.max(0, room))
    .map((line, index) => {
      return `<text x="${left + 10}" y="${top + 44 + index * 18}" class="line">${escapeXml(clip(line, width * 7))}</text>`;
    });
  return [
    `<rect x="${left}" y="${top}" width="${width * UNIT - GAP}" height="${height * UNIT - GAP}" rx="4" fill="${COLOURS[type] ?? '#fff'}" stroke="#b8c4d0"/>`,
    `<text x="${left + 10}" y="${top + 22}" class="title">${escapeXml(clip(title, width * 6))}</text>`,
    ...texts,
  ].join('\n');
}

export function dashboardPicture(template: Template): string {
  const widgets = bodyOf(template);
  const width = Math.max(...widgets.map((widget) => widget.x + widget.width)) * UNIT + GAP;
  const height = Math.max(...widgets.map((widget) => widget.y + widget.height)) * UNIT + GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Layout of the dashboard">`,
    '<style>text{font-family:system-ui,sans-serif;fill:#1b2733}.title{font-size:13px;font-weight:600}.line{font-size:11px;fill:#4a5a6a}</style>',
    `<rect width="${width}" height="${height}" fill="#f6f8fa"/>`,
    ...widgets.map(draw),
    '</svg>',
    '',
  ].join('\n');
}
