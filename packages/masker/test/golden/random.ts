/** Numbers that look random and are the same in every run and with every version of every library. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds begin far apart.
    this.state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  }

  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    let { state } = this;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return (state >>> 0) % limit;
  }

  of<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** So many digits. */
  digits(count: number): string {
    return Array.from({ length: count }, () => this.below(10)).join('');
  }

  /** A digit or capital for each `#` and `?` of a pattern. */
  shaped(pattern: string): string {
    return pattern.replace(/#/g, () => this.digits(1)).replace(/\?/g, () => String.fromCharCode(0x41 + this.below(26)));
  }
}
