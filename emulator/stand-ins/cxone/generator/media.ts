import type { BulkMediaType } from '../../../../lambdas/shared/contracts/job-options.ts';
import type { Random } from './random.ts';

/** Mostly calls, then chats. */
const MEDIA_WEIGHTS: Record<BulkMediaType, number> = { voice: 60, chat: 25, email: 10, sms: 3, social: 2 };

/**
 * A media type, drawn by how common each of the allowed ones is.
 *
 * @example preferred(random, ['chat']) // 'chat'
 */
export function preferred(random: Random, allowed: readonly BulkMediaType[]): BulkMediaType {
  let rest = random.next() * allowed.reduce((sum, type) => sum + MEDIA_WEIGHTS[type], 0);
  for (const type of allowed) {
    rest -= MEDIA_WEIGHTS[type];
    if (rest < 0) return type;
  }
  return allowed[0] ?? 'voice';
}
