/** A row of the list in the port's words. Pure. */

import type { Aliases } from '../../contracts/aliases.ts';
import type { MediaType } from '../../contracts/job-options.ts';
import { nameRow } from '../name-row.ts';
import { mediumOf } from './medium.ts';
import { Contact } from './schemas.ts';

/** Statuses of a contact whose conversation is over, until it is reopened. */
export const FINISHED = ['closed', 'resolved'] as const;

export interface ReadContact {
  interactionId: string;
  isFinished: boolean;
  /** When it got its status, in ms. */
  statusUpdatedMs: number;
  startMs: number | undefined;
  mediaType: MediaType;
  aliases: Aliases;
}

/**
 * The contact that a row tells of, or the id of a row that cannot be read.
 *
 * @example
 * readContact({ id: '7', status: 'closed', statusUpdatedAt: '2026-11-20T10:00:00+00:00', channelId: 'chat_1' })
 * // { ok: true, contact: { interactionId: '7', isFinished: true, mediaType: 'chat', … } }
 * readContact({ id: '7' }) // { ok: false, id: '7' }
 */
export function readContact(row: unknown): { ok: true; contact: ReadContact } | { ok: false; id: string } {
  const { success, data } = Contact.safeParse(row);
  if (!success) return { ok: false, id: nameRow(idOf(row), row) };
  const status = data.status.toLowerCase();
  return {
    ok: true,
    contact: {
      interactionId: data.id,
      isFinished: FINISHED.some((finished) => finished === status),
      statusUpdatedMs: data.statusUpdatedAt,
      startMs: data.createdAt ?? undefined,
      mediaType: mediumOf(data.channelId ?? ''),
      aliases: {
        ...(data.interactionId != null && { interactionId: data.interactionId }),
        ...(data.contactId != null && { acdContactId: data.contactId }),
      },
    },
  };
}

const idOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null ? (row as { id?: unknown }).id : undefined;
