/** Holds what CXone says it has analysed against what is stored: what it never listed is named, counted and asked for again. */
import type { z } from 'zod';
import { ReconcileContactsInput, ReconcileContactsOutput } from '../shared/contracts/states/reconcile-contacts.ts';
import { readPlan } from '../shared/runs/read-plan.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask, type TaskContext } from '../shared/task/middleware.ts';
import { createContactLedger } from '../shared/vendor/contact-ledger.ts';
import { reconcileRun } from './reconcile-run.ts';

const config = readConfig(TASK_CONFIG.ReconcileContacts);
const ledger = createContactLedger(config);
const store = new ObjectStore(config.DATA_LAKE_BUCKET);

/** The state ReconcileContacts. */
export const handler = defineTask({
  input: ReconcileContactsInput,
  output: ReconcileContactsOutput,
  run: reconcileContacts,
});

async function reconcileContacts(
  { runId, reconciliation: since }: z.output<typeof ReconcileContactsInput>,
  task: TaskContext,
): Promise<z.input<typeof ReconcileContactsOutput>> {
  const plan = await readPlan(store, runId);
  const source = config.CXONE_SOURCE;
  const answer = await reconcileRun({ plan, store, ledger, frame: task, source, since, nowMs: Date.now });
  if ('again' in answer) return answer;
  const { status, note, from, to, expected, stored, empty, pending, notProcessed, missing } = answer;
  const counts = { expected, stored, empty, pending, missing: missing.length, notProcessed };
  task.logger.info('Contacts reconciled', { status, ...(note !== undefined && { note }), from, to, ...counts });
  return { again: false, status, expected, missing: missing.length };
}
