/** The dashboard's layout as an SVG, from the body in the template. Pure. */
import { escapeXml } from './escape-xml.ts';
import { type Json, ofType, type Template } from './template.ts';

interface Widget {
  type: 'text' | 'alarm' | 'log' | 'metric';
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title?: string;
    markdown?: string;
    metrics?: Json[][];
    query?: string;
    view?: string;
  };
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Entry {
  label: string;
  colour: string;
}

/** Size of one column and of one row of the grid; a sketch needs less height than the dashboard. */
const COLUMN = 46;
const ROW = 26;
const GAP = 6;
const PADDING = 12;
const LINE = 16;
const LETTER = 6.4;
/** In the order in which CloudWatch hands them out. */
const PALETTE = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f'];
const QUIET = '#dfe5eb';

const textAt = (x: number, y: number, kind: string, text: string) =>
  `<text x="${x}" y="${y}" class="${kind}">${escapeXml(text)}</text>`;
const box = ({ left, top, width, height }: Box, look: string) =>
  `<rect x="${left}" y="${top}" width="${width}" height="${height}" ${look}/>`;

function bodyOf(template: Template): Widget[] {
  const [dashboard] = ofType(template, 'AWS::CloudWatch::Dashboard');
  const body = dashboard?.[1].Properties.DashboardBody as { 'Fn::Join': [string, Json[]] };
  // What only a deployment knows stands inside strings.
  const text = body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

/** What comes after the name of the stack. */
function alarmNames(template: Template): string[] {
  return ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) =>
    String(Properties.AlarmName).slice(template.stackName.length + 1),
  );
}

/** The visible lines of a graph; those of a search are not known before there is data. */
function entriesOf({ properties }: Widget): Entry[] {
  const shown = (properties.metrics ?? []).flatMap((metric) => {
    const options = metric.at(-1) as { label?: string; color?: string; visible?: boolean; expression?: string };
    if (typeof options !== 'object' || options.visible === false) return [];
    if (options.expression?.startsWith('SEARCH')) return [{ label: 'one for each type', color: undefined }];
    return options.label === undefined ? [] : [{ label: options.label, color: options.color }];
  });
  return shown.map(({ label, color }, index) => ({
    label,
    colour: color ?? PALETTE[index % PALETTE.length] ?? QUIET,
  }));
}

/** Texts side by side, on as many lines as they need; the last line that fits ends in an ellipsis if there are more. */
function flow<Item extends { label: string }>(items: readonly Item[], width: number, extra: number, maxLines: number) {
  const placed: { item: Item; x: number; line: number }[] = [];
  let x = 0;
  let line = 0;
  for (const item of items) {
    const needed = item.label.length * LETTER + extra;
    if (x > 0 && x + needed > width) {
      x = 0;
      line += 1;
    }
    if (line >= maxLines) break;
    placed.push({ item, x, line });
    x += needed + PADDING;
  }
  return placed;
}

function drawAlarms(names: readonly string[], { left, top, width }: Box): string[] {
  const pills = flow(
    names.map((label) => ({ label })),
    width - 2 * PADDING,
    2 * PADDING,
    2,
  );
  return pills.flatMap(({ item, x, line }) => {
    const pill = {
      left: left + PADDING + x,
      top: top + 27 + line * 21,
      width: item.label.length * LETTER + 2 * PADDING,
      height: 17,
    };
    return [
      box(pill, 'rx="3" fill="#e6f4e6" stroke="#2ca02c"'),
      textAt(pill.left + PADDING, pill.top + 12.5, 'line', item.label),
    ];
  });
}

/** The columns of a query's table. */
function drawTable({ properties }: Widget, { left, top, width, height }: Box): string[] {
  const fields = /fields ([^\n|]+)/.exec(properties.query ?? '')?.[1]?.split(',') ?? [];
  const columnWidth = (width - 2 * PADDING) / Math.max(1, fields.length);
  const heads = fields.map((field, index) =>
    textAt(
      left + PADDING + index * columnWidth,
      top + 44,
      'line',
      field.trim().replace(/^@|^counts\.|^delivery\./g, ''),
    ),
  );
  const rules = Array.from({ length: Math.floor((height - 60) / 20) }, (_, index) =>
    box({ left: left + PADDING, top: top + 51 + index * 20, width: width - 2 * PADDING, height: 1 }, `fill="${QUIET}"`),
  );
  return [...heads, ...rules];
}

/** The grid of a graph with its legend below, or the place of the one number. */
function drawGraph(widget: Widget, { left, top, width, height }: Box): string[] {
  const entries = entriesOf(widget);
  if (widget.properties.view !== 'timeSeries') {
    const number = `<text x="${left + width / 2}" y="${top + height / 2 + 12}" class="number" text-anchor="middle">26</text>`;
    return [number, ...entries.map(({ label }) => textAt(left + PADDING, top + height - PADDING, 'line', label))];
  }
  const legend = flow(entries, width - 2 * PADDING, 14, 4);
  const lines = (legend.at(-1)?.line ?? 0) + 1;
  const bottom = top + height - PADDING - lines * LINE;
  const plotHeight = bottom - top - 34;
  const rules = [0, 1, 2, 3].map((index) =>
    box(
      {
        left: left + PADDING,
        top: Math.round(top + 34 + (index * plotHeight) / 3) - 4,
        width: width - 2 * PADDING,
        height: 1,
      },
      `fill="${QUIET}"`,
    ),
  );
  const labels = legend.flatMap(({ item, x, line }) => {
    const y = bottom + (line + 1) * LINE - 2;
    return [
      box({ left: left + PADDING + x, top: y - 8, width: 9, height: 9 }, `fill="${item.colour}"`),
      textAt(left + PADDING + x + 14, y, 'line', item.label),
    ];
  });
  return [...rules, ...labels];
}

function draw(widget: Widget, alarms: readonly string[]): string {
  const { type, properties } = widget;
  const place = {
    left: widget.x * COLUMN + GAP,
    top: widget.y * ROW + GAP,
    width: widget.width * COLUMN - GAP,
    height: widget.height * ROW - GAP,
  };
  if (type === 'text') {
    return textAt(place.left + PADDING, place.top + 15, 'title', properties.markdown?.replace(/^#+ /, '') ?? '');
  }
  const content = {
    alarm: () => drawAlarms(alarms, place),
    log: () => drawTable(widget, place),
    metric: () => drawGraph(widget, place),
  }[type]();
  return [
    box(place, 'rx="4" fill="#ffffff" stroke="#b8c4d0"'),
    textAt(place.left + PADDING, place.top + 20, 'title', properties.title ?? ''),
    ...content,
  ].join('\n');
}

/** The layout of the stack's dashboard, as SVG. */
export function dashboardPicture(template: Template): string {
  const widgets = bodyOf(template);
  const alarms = alarmNames(template);
  const width = Math.max(...widgets.map((widget) => widget.x + widget.width)) * COLUMN + GAP;
  const height = Math.max(...widgets.map((widget) => widget.y + widget.height)) * ROW + GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Layout of the dashboard">`,
    '<style>text{font-family:system-ui,sans-serif;fill:#1b2733}.title{font-size:13px;font-weight:600}.line{font-size:11px;fill:#4a5a6a}.number{font-size:40px;fill:#1f77b4}</style>',
    `<rect width="${width}" height="${height}" fill="#f6f8fa"/>`,
    ...widgets.map((widget) => draw(widget, alarms)),
    '</svg>',
    '',
  ].join('\n');
}
