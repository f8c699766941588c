/** "1 batch", "2,000 batches". */
export function plural(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : word.endsWith('ch') ? 'es' : 's'}`;
}
