/** How many state transitions a run takes: what Step Functions charges for. Pure. */

/**
 * IsRedelivery?, Authenticate, IsAuthenticated?, PlanExtraction, IsPlanned?, HasWork?, ExtractBatches, Reconciles?, RecordOutcome,
 * AnythingUndelivered?, StartDelivery, IsComplete?, and the state that ends the run.
 */
export const PARENT_TRANSITIONS = 13;
/** StartNextRun, IsComplete? */
const TO_GO_ON = 2;
/** WaitToPlan, PlanExtraction, IsPlanned? */
const PER_PLANNING_CALL = 3;
/** ReconcileContacts, IsReconciled? */
const PER_RECONCILIATION = 2;
/** Starting a child execution counts too. */
const PER_CHILD = 1;
/** SubmitTranscriptJob, IsJobFinished? */
const PER_SUBMISSION = 2;
/** WaitForJob, GetJobStatus, IsJobFinished? */
const PER_POLL = 3;
/** WaitToStore, StoreTranscripts, IsStored? */
const PER_FURTHER_PASS = 3;
/** StoreTranscripts, IsStored?, DeliverTranscripts, AllDelivered?, BatchExtracted */
const PER_STORED_BATCH = 5;

/**
 * State transitions of a run beside those of its batches, by the calls of the planner that it took.
 *
 * @param more what this run does beside: it is held against the vendor's list of contacts, it starts another one
 * @example parentTransitions(2) // 16
 */
export function parentTransitions(planningCalls = 1, more: { reconciles?: boolean; goesOn?: boolean } = {}): number {
  const beside = (more.reconciles ? PER_RECONCILIATION : 0) + (more.goesOn ? TO_GO_ON : 0);
  return PARENT_TRANSITIONS + PER_PLANNING_CALL * (planningCalls - 1) + beside;
}

/**
 * State transitions of one child execution that stored its batch and delivered it at the first attempt.
 *
 * @param passes over the batch, of a source whose transcripts are fetched one by one
 * @example batchTransitions(3, 1) // 17: three polls, one submission
 */
export function batchTransitions(polls: number, submissions: number, passes = 1): number {
  const storing = PER_STORED_BATCH + PER_FURTHER_PASS * (passes - 1);
  return PER_CHILD + PER_SUBMISSION * submissions + PER_POLL * polls + storing;
}
