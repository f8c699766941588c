/** The budget of an API as its holders share it: one small object, changed only by compare-and-swap. */
import * as z from 'zod';
import { Priority } from '../contracts/priority.ts';
import type { Budget } from '../lib/pacing/lease-budget.ts';
import { compareAndSwap, unchanged } from './compare-and-swap.ts';
import { keys } from './layout.ts';
import type { ObjectStorage, WriteCondition } from './object-store.ts';
import { readJson } from './read-json.ts';

/** A change that loses more often than this waits for the next occasion: there is one every half second. */
const MAX_TRIES = 4;

const BudgetRecord = z.object({
  schemaVersion: z.literal(1),
  /** Counts the changes: an ETag may be a hash, and the same leases again must not look like no change. */
  revision: z.int().nonnegative(),
  throttle: z
    .object({ refusals: z.int().positive(), rate: z.number().positive(), untilMs: z.number().nonnegative() })
    .optional(),
  leases: z.array(
    z.object({
      id: z.string().min(1).max(64),
      priority: Priority,
      want: z.number().nonnegative(),
      share: z.number().nonnegative(),
      untilMs: z.number().nonnegative(),
    }),
  ),
});

interface Version {
  revision: number;
  budget: Budget;
  condition: WriteCondition;
}

/** The budget of one API, in S3. A change costs one call while nobody else has a lease, two otherwise. */
export class SharedBudget {
  readonly #store: ObjectStorage;
  readonly #key: string;
  /** What was written last, where nobody else is likely to have changed it since. */
  #known: Version | undefined;

  /** @param api name of the API, of letters, digits and `-` */
  constructor(store: ObjectStorage, api: string) {
    this.#store = store;
    this.#key = keys.budget(api);
  }

  /**
   * Changes the budget, and returns it as it is then.
   *
   * @param next the budget after the change; the same object where there is nothing to change
   * @throws PipelineError `DataLakeUnavailable`, also when others keep changing it; `DataLakeRejected`, `ContractViolation`
   */
  async change(next: (budget: Budget) => Budget): Promise<Budget> {
    let changed: Budget = { leases: [] };
    await compareAndSwap(
      async () => {
        const { revision, budget, condition } = this.#known ?? (await this.#read());
        this.#known = undefined;
        changed = next(budget);
        if (changed === budget) return undefined;
        const record = { schemaVersion: 1, revision: revision + 1, ...changed };
        const result = await this.#store.write(this.#key, JSON.stringify(record), condition);
        if (result.written && changed.leases.length <= 1) {
          this.#known = { revision: revision + 1, budget: changed, condition: { etag: result.etag } };
        }
        return result;
      },
      'The budget of requests kept changing',
      MAX_TRIES,
    );
    return changed;
  }

  async #read(): Promise<Version> {
    const found = await readJson(this.#store, this.#key, BudgetRecord);
    const { schemaVersion: _, revision, ...budget } = found?.value ?? { schemaVersion: 1, revision: 0, leases: [] };
    return { revision, budget, condition: unchanged(found) };
  }
}
