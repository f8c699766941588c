/**
 * What each function reads from its environment: the one list. The stack gives a function the variables of its schema and
 * no others, and does not compile without a value for each. None has a default here: those belong to the settings of the
 * stage, and a variable that was forgotten is a fault.
 */
import * as z from 'zod';
import { WebhookConfig } from '../../delivery/settings.ts';
import { JobTimingConfig, PaceConfig, VendorConfig } from '../../vendor/settings.ts';
import { AttemptsConfig, DataLakeConfig, DiscoveryConfig, FunctionConfig, RunConfig, StoreConfig } from './concerns.ts';

/** By Task state: one schema, composed of concerns. */
export const TASK_CONFIG = {
  Authenticate: z.object({ ...FunctionConfig.shape, ...VendorConfig.shape, ...JobTimingConfig.shape }),
  PlanExtraction: z.object({
    ...FunctionConfig.shape,
    ...VendorConfig.shape,
    ...PaceConfig.shape,
    ...JobTimingConfig.shape,
    ...DataLakeConfig.shape,
    ...RunConfig.shape,
    ...DiscoveryConfig.shape,
    // For runs that died before RecordOutcome, and to tell what is not ready from what is missing.
    ...AttemptsConfig.shape,
  }),
  SubmitTranscriptJob: z.object({ ...FunctionConfig.shape, ...VendorConfig.shape, ...JobTimingConfig.shape }),
  GetJobStatus: z.object({ ...FunctionConfig.shape, ...VendorConfig.shape }),
  StoreTranscripts: z.object({
    ...FunctionConfig.shape,
    ...VendorConfig.shape,
    ...PaceConfig.shape,
    ...JobTimingConfig.shape,
    ...DataLakeConfig.shape,
    ...StoreConfig.shape,
  }),
  DeliverTranscripts: z.object({ ...FunctionConfig.shape, ...DataLakeConfig.shape, ...WebhookConfig.shape }),
  ReconcileContacts: z.object({ ...FunctionConfig.shape, ...VendorConfig.shape, ...DataLakeConfig.shape }),
  RecordOutcome: z.object({ ...FunctionConfig.shape, ...DataLakeConfig.shape, ...AttemptsConfig.shape }),
  EraseReplaced: z.object({ ...FunctionConfig.shape, ...DataLakeConfig.shape }),
  ParkDeliveries: z.object({ ...FunctionConfig.shape, ...DataLakeConfig.shape }),
};

/** The Task states. */
export type TaskName = keyof typeof TASK_CONFIG;

/** What the function of a state knows once its environment is read. */
export type TaskConfig<Name extends TaskName> = z.output<(typeof TASK_CONFIG)[Name]>;

type KeyOfAny<Shape> = Shape extends unknown ? keyof Shape : never;

/** Every variable that some function reads. */
export type VariableName = KeyOfAny<(typeof TASK_CONFIG)[TaskName]['shape']>;

/** The variables that the function of a state reads: `ParkDeliveries` -> `['STAGE', 'DATA_LAKE_BUCKET']`. */
export function variablesOf(task: TaskName): VariableName[] {
  return Object.keys(TASK_CONFIG[task].shape) as VariableName[];
}
