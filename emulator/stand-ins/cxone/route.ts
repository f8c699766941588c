import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bearers } from './bearers.ts';
import type { GeneratedCatalogue } from './catalogue.ts';
import type { Call, FaultBook } from './faults.ts';

/** One request, and where its answer goes. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** What the groups of the route's path matched, decoded. */
  params: readonly string[];
}

/** One call of the vendor: a fault names it by `call`. */
export interface Route {
  call: Call;
  method: 'GET' | 'POST';
  path: RegExp;
  answer(exchange: Exchange): Promise<void>;
}

/** What every API of the simulator has in common: one clock, one book of faults, the same people and conversations. */
export interface Tenant {
  seed: string;
  now(): number;
  /** `http://127.0.0.1:<port>`, known once the server listens. */
  baseUrl(): string;
  faults: FaultBook;
  bearers: Bearers;
  generated: GeneratedCatalogue;
}
