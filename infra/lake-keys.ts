/** Which objects of the data lake each function may read, write and delete: by patterns of their keys, least first. */
import type { TaskName } from './task-table.ts';

/** Key patterns, by what may be done to them. */
export interface LakeKeys {
  get: readonly string[];
  put: readonly string[];
  /** Written where nothing is. */
  create?: readonly string[];
  remove?: readonly string[];
  /** Old versions of what was replaced. */
  removeVersions?: readonly string[];
}

const RECORDS = ['runs/*', 'state/*', 'backlogs/*'];

/** The records of runs, the state between them, and the parts that a batch left behind when it was given up. */
const OF_RECORDS = {
  // What was audited by an earlier attempt is read, not written again.
  get: [...RECORDS, 'audit/*'],
  put: RECORDS,
  create: ['audit/*'],
  remove: ['transcripts/*'],
} satisfies LakeKeys;

const STORED = ['runs/*/batches/*', 'runs/*/parts/*', 'runs/*/passes/*', 'state/days/*', 'state/budget/*'];
const ERASED = ['transcripts/*', 'runs/*/batches/*', 'runs/*/manifest.json', 'state/replaced/*'];

/** Of the functions that use the data lake at all. */
export const LAKE_KEYS: Readonly<Partial<Record<TaskName, LakeKeys>>> = {
  // Planning may have to record a run that died before it could do so itself.
  PlanExtraction: { ...OF_RECORDS, get: [...OF_RECORDS.get, 'inputs/*'] },
  StoreTranscripts: {
    // A repeated call looks whether what is there is what it would write.
    get: [...STORED, 'transcripts/*', 'audit/*'],
    put: ['transcripts/*', ...STORED],
    create: ['audit/*'],
    // Parts of an attempt that broke off, beside those that count.
    remove: ['transcripts/*'],
  },
  DeliverTranscripts: {
    get: [
      'transcripts/*',
      'runs/*/batches/*',
      'runs/*/delivery/*',
      'runs/*/outbox/*',
      'runs/*/endpoint.json',
      'runs/*/pace.json',
      'runs/*/manifest.json',
    ],
    put: ['runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/endpoint.json', 'runs/*/pace.json'],
  },
  ParkDeliveries: {
    get: ['transcripts/*', 'runs/*/batches/*', 'runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/parked.jsonl'],
    put: ['runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/parked.jsonl'],
    create: ['audit/*'],
  },
  // What runs have planned, stored and left, and what the reconciliation before has missed.
  ReconcileContacts: {
    get: [
      'runs/*/plan.json',
      'runs/*/batches*',
      'runs/*/decided*',
      'runs/*/reconciliation.json',
      'state/days/*',
      'state/watermarks/*',
      'backlogs/*',
    ],
    put: ['runs/*/reconciliation.json'],
  },
  RecordOutcome: OF_RECORDS,
  EraseReplaced: {
    get: [...ERASED, 'state/days/*'],
    put: ERASED,
    create: ['audit/*'],
    remove: ['transcripts/*', 'state/replaced/*'],
    removeVersions: ['transcripts/*'],
  },
};
