/** The `reconcile` command: what CXone says it has analysed, held against a data lake. */

import { CxoneCredentials } from '../../lambdas/shared/contracts/cxone-credentials.ts';
import { isPipelineError } from '../../lambdas/shared/contracts/errors.ts';
import { MEDIA_TYPES } from '../../lambdas/shared/contracts/job-options.ts';
import { type Compared, reconcile } from '../../lambdas/shared/runs/reconcile.ts';
import type { ObjectStorage } from '../../lambdas/shared/storage/object-store.ts';
import { createContactLedger } from '../../lambdas/shared/vendor/contact-ledger.ts';
import { Sessions } from '../../lambdas/shared/vendor/sign-in/sessions.ts';
import { type NamedVendor, tenantConfig } from '../probe/tenant-config.ts';

/** No function's time is short here: a call may wait as long as the vendor asks it to. */
const CALL_MS = 900_000;

export interface LakeToReconcile {
  vendor: NamedVendor;
  store: ObjectStorage;
  /** Of the contacts' starts, in ms. */
  fromMs: number;
  toMs: number;
  signal: AbortSignal;
}

/** A comparison, or the sentence that says why the credentials do not get at the list. */
export type LakeReconciliation = Compared | { notPermitted: string };

/**
 * The contacts that CXone says it has analysed, whenever that was, held against what is stored.
 *
 * @throws PipelineError what a sign-in and the list throw, but for a permission that is missing
 * @example (await reconcileLake({ vendor, store, fromMs, toMs, signal })).gaps // [{ contactId: '4711', … }]
 */
export async function reconcileLake(lake: LakeToReconcile): Promise<LakeReconciliation> {
  const { vendor, store, fromMs, toMs, signal } = lake;
  const config = tenantConfig(vendor);
  const credentials = CxoneCredentials.parse(vendor.secret);
  const ledger = createContactLedger(config, new Sessions(config, { read: async () => credentials }));
  const frame = { signal, remainingMs: () => CALL_MS, metrics: { addMetric: () => undefined } };
  try {
    return await reconcile({
      store,
      contacts: (startMs, endMs) => ledger.contacts(startMs, endMs, frame),
      scope: { mediaTypes: MEDIA_TYPES, sinceMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY },
      fromMs,
      toMs,
      hasTime: () => true,
      namesContacts: false,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (isPipelineError(error, 'VendorAuthFailed') && error.status === 403) return { notPermitted: error.message };
    throw error;
  }
}
