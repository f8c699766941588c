/** A window of UTF-16 code units over a long text: reading them one by one is faster than from the string itself. */

/** Units a window has room for at first, and at most in one that is kept. */
const FIRST_UNITS = 1 << 16;
const QUOTE = 0x22;

/** The array of the last window; only one scan runs at a time, so windows take turns with it. */
let kept: Uint16Array | undefined = new Uint16Array(FIRST_UNITS);

export class UnitWindow {
  private readonly source: string;
  /** The units, and one quote after the last: a search for a quote always ends. */
  units: Uint16Array;
  /** Place of the first unit in the source. */
  base = 0;
  /** How many units there are. */
  limit = 0;

  constructor(source: string) {
    this.source = source;
    this.units = kept ?? new Uint16Array(FIRST_UNITS);
    kept = undefined;
    this.fill();
  }

  /** Moves on to an offset of the source; a window that starts there already becomes twice as large. */
  moveTo(offset: number): void {
    if (offset === this.base) this.units = new Uint16Array(this.units.length * 2);
    this.base = offset;
    this.fill();
  }

  /** The window is done with. */
  release(): void {
    if (this.units.length === FIRST_UNITS) kept = this.units;
  }

  private fill(): void {
    const { units, base } = this;
    const chunk = this.source.slice(base, base + units.length - 1);
    Buffer.from(units.buffer).write(chunk, 'utf16le');
    this.limit = chunk.length;
    units[chunk.length] = QUOTE;
  }
}
