import { normalize } from 'node:path';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';

/** What `npm start` runs: interactions that the simulator has in one day, by their ids. */
const BY_ID = 'events/manual-interactions.json';
/** The day in which Interaction Analytics lists the same interactions. */
const BY_DAY = 'events/window.json';

/**
 * The command that shows the people of the first example over Interaction Analytics: the simulator has the same in every
 * source. Undefined after any other run.
 *
 * @param where option that names the lake, such as ` --out DIR`
 * @example samePeople('events/manual-interactions.json', 'bulk-job') // 'npm run -s transcripts -- run events/window.json --source …'
 */
export function samePeople(eventFile: string, source: SourceName, where = ''): string | undefined {
  if (source !== 'bulk-job' || normalize(eventFile) !== BY_ID) return undefined;
  return `npm run -s transcripts -- run ${BY_DAY} --source interaction-analytics${where}`;
}
