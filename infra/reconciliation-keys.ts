/** What the state ReconcileContacts reads: what runs have planned, stored and left, and what the one before has missed. */
export const RECONCILED_KEYS = [
  'runs/*/plan.json',
  'runs/*/batches*',
  'runs/*/decided*',
  'runs/*/reconciliation.json',
  'state/days/*',
  'state/watermarks/*',
  'backlogs/*',
];
