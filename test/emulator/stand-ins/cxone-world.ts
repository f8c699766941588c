import { afterEach } from 'vitest';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { publicApisOf } from './cxone/public-apis-client.ts';
import { clientOf } from './cxone-client.ts';

/** Starts simulators with a client each; they are closed after the test. */
let simulators: CxoneSimulator[] = [];
afterEach(async () => {
  await Promise.all(simulators.map((simulator) => simulator.close()));
  simulators = [];
});

export async function start(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator(options);
  simulators.push(simulator);
  return { simulator, client: clientOf(simulator) };
}

export async function startSignedIn(options: CxoneSimulatorOptions = {}) {
  const started = await start(options);
  await started.client.signIn();
  return started;
}

/** A simulator of a day, and a client of the public APIs that is signed in. */
export async function startPublicApis(options: CxoneSimulatorOptions = {}) {
  const { simulator } = await start({ interactions: { count: 60, ...DAY }, now: () => NOW_MS, ...options });
  const apis = publicApisOf(simulator);
  await apis.signIn();
  return { simulator, apis };
}

export const DAY = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
/** The day, and the ten behind it in which its late transcripts come. */
export const DAY_AND_LATER = { beginningDate: DAY.from, endingDate: '2026-10-12T00:00:00.000Z' };
export const NOW_MS = Date.parse('2026-10-13T00:00:00.000Z');
