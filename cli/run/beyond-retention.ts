/**
 * What is said of a part of a window that the vendor keeps no more. Pure.
 *
 * @example beyondRetention({ from: '2020-…', to: '2023-…' }) // '2020-… to 2023-…: older than what CXone keeps …'
 */
export function beyondRetention({ from, to }: { from: string; to: string }): string {
  return `${from} to ${to}: older than what CXone keeps (vendorRetentionDays)`;
}
