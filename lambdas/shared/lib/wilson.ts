/** The 97.5% quantile of the normal distribution: 95 of 100 intervals hold the true share. */
const Z = 1.959964;

/**
 * The 95% interval of a share of which `hits` of `of` were seen, after Wilson; it is right for few and for 0 and all of them,
 * too, where the usual one is not. From 0 to 1 where nothing was seen.
 *
 * @example wilson(9, 10) // [0.596, 0.982], rounded
 */
export function wilson(hits: number, of: number): [from: number, to: number] {
  if (of === 0) return [0, 1];
  const share = hits / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const middle = share + (Z * Z) / (2 * of);
  const whole = 1 + (Z * Z) / of;
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)];
}
