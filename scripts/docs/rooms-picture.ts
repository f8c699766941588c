/** The rooms as an SVG: layers from the bottom up, an arrow for an import. Pure. */
import { escapeXml } from './escape-xml.ts';
import { type Graph, graphOf, layersOf, reduced } from './rooms-graph.ts';

const LETTER = 7.2;
const BOX = 30;
const LAYER = 74;
const GAP = 26;
const MARGIN = 14;
/** Where an arrow passes a layer. */
const LANE = 10;
const SWEEPS = 12;

interface Slot {
  /** Empty for a lane. */
  label: string;
  layer: number;
  width: number;
  x: number;
}

interface Link {
  upper: Slot;
  lower: Slot;
  isEnd: boolean;
}

/**
 * Who imports whom, as SVG: everything but the inside of the masker; the rooms of the command, and those of the vendor, are
 * one box each.
 */
export function roomsPicture(): string {
  const whole = ['packages/masker', 'lambdas/shared/vendor', 'cli'];
  const notDrawn = ['scripts', 'bench', 'docs', 'test', 'packages/masker/test', '.', 'emulator'];
  return draw(
    graphOf((path) => {
      if (notDrawn.includes(path)) return undefined;
      return whole.find((each) => path === each || path.startsWith(`${each}/`)) ?? path;
    }),
  );
}

/** Who imports whom inside the masker, as SVG. */
export function maskerPicture(): string {
  const source = 'packages/masker/src';
  return draw(
    graphOf((path) => {
      if (path === source) return 'index.ts, options.ts';
      return path.startsWith(`${source}/`) ? path.slice(source.length + 1) : undefined;
    }),
  );
}

function draw(graph: Graph): string {
  const { rows, links } = place(graph);
  const width = 2 * MARGIN + Math.max(...rows.map(widthOf));
  const height = 2 * MARGIN + (rows.length - 1) * LAYER + BOX;
  const top = ({ layer }: Slot) => MARGIN + (rows.length - 1 - layer) * LAYER;
  const boxes = rows.flat().filter(({ label }) => label !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Who imports whom; what follows from other arrows is left out</title>',
    '<style>text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}path{fill:none;stroke:#6e7781;stroke-width:1.2}</style>',
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#6e7781;stroke:none"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...links.map((link) => line(link, top)),
    ...boxes.map((slot) => box(slot, top(slot))),
    '</svg>',
    '',
  ].join('\n');
}

function line({ upper, lower, isEnd }: Link, top: (slot: Slot) => number): string {
  const from = top(upper) + BOX;
  const to = top(lower) - (isEnd ? 1 : 0);
  const half = (from + to) / 2;
  const through = lower.label === '' ? `V${to + BOX}` : '';
  const curve = `M${upper.x} ${from}C${upper.x} ${half} ${lower.x} ${half} ${lower.x} ${to}${through}`;
  return `<path d="${curve}"${isEnd ? ' marker-end="url(#tip)"' : ''}/>`;
}

function box({ label, x, width }: Slot, y: number): string {
  const rect = `<rect x="${x - width / 2}" y="${y}" width="${width}" height="${BOX}" rx="4" fill="#eef4fb" stroke="#5b8db8"/>`;
  return `${rect}<text x="${x}" y="${y + 19}" text-anchor="middle">${escapeXml(label)}</text>`;
}

/** Puts each name into its layer, a lane into each layer that an arrow passes, and both in an order with few crossings. */
function place(graph: Graph): { rows: Slot[][]; links: Link[] } {
  const layers = layersOf(graph);
  const rows: Slot[][] = Array.from({ length: Math.max(...layers.values()) + 1 }, () => []);
  const add = (label: string, layer: number): Slot => {
    const slot = { label, layer, width: label === '' ? LANE : Math.round(label.length * LETTER) + 24, x: 0 };
    rows[layer]?.push(slot);
    return slot;
  };
  const slots = new Map(graph.names.map((name) => [name, add(name, layers.get(name) ?? 0)]));
  const links = reduced(graph).flatMap(([from, to]) => {
    const [start, end] = [slots.get(from), slots.get(to)];
    if (!start || !end) return [];
    const lanes = Array.from({ length: start.layer - end.layer - 1 }, (_, index) => add('', start.layer - index - 1));
    const way = [start, ...lanes, end];
    return way.slice(1).map((lower, index) => ({ upper: way[index] ?? start, lower, isEnd: lower === end }));
  });
  arrange(rows, links);
  return { rows, links };
}

const widthOf = (row: readonly Slot[]) => row.reduce((sum, { width }) => sum + width + GAP, -GAP);

/** Sorts each layer by the middle of what it is tied to, down and up again, and spreads it over the width. */
function arrange(rows: Slot[][], links: readonly Link[]): void {
  const widest = Math.max(...rows.map(widthOf));
  const spread = (row: Slot[]) => {
    const room = (widest - widthOf(row)) / (row.length + 1);
    let left = MARGIN + room;
    for (const slot of row) {
      slot.x = Math.round(left + slot.width / 2);
      left += slot.width + GAP + room;
    }
  };
  const middle = (slot: Slot) => {
    const tied = links.flatMap(({ upper, lower }) => (upper === slot ? [lower.x] : lower === slot ? [upper.x] : []));
    return tied.length === 0 ? slot.x : tied.reduce((sum, x) => sum + x, 0) / tied.length;
  };
  for (const row of rows) spread(row);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      const places = new Map(row.map((slot) => [slot, middle(slot)]));
      row.sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
      spread(row);
    }
  }
}
