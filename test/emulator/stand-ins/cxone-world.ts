import { afterEach } from 'vitest';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
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
