/** The port to the vendor's own account of what there is: which contacts are over, and which of them it has analysed. */
import type { CompletedContact } from '../contracts/completed-contact.ts';
import { ContactsApi } from './contacts-completed/contacts-api.ts';
import { walkContacts } from './contacts-completed/walk-contacts.ts';
import type { CallFrame } from './exchange.ts';
import type { VendorConfig } from './settings.ts';
import { Sessions } from './sign-in/sessions.ts';

export interface ContactLedger {
  /**
   * The contacts that started in `[fromMs, toMs)`, some at a time, each once.
   *
   * @param fromMs a whole second, as `toMs`
   * @throws PipelineError `VendorRejected` with status 400 also for a span that lies further back than the vendor lists;
   *   `VendorAuthFailed` with status 403 without the permission; `VendorContractChanged`, `VendorThrottled`,
   *   `VendorUnavailable`, `ContractViolation`
   */
  contacts(fromMs: number, toMs: number, frame: CallFrame): AsyncIterable<CompletedContact[]>;
}

/** The ledger of the configured tenant; one for each container, since it holds the access token. */
export function createContactLedger(
  config: VendorConfig,
  sessions: Pick<Sessions, 'get' | 'drop'> = new Sessions(config),
): ContactLedger {
  const api = new ContactsApi(config, sessions);
  return {
    async *contacts(fromMs, toMs, frame) {
      const list = (query: Parameters<typeof api.list>[0]) => api.list(query, frame);
      for await (const rows of walkContacts(list, fromMs, toMs)) {
        yield rows.map(({ processedMs, ...row }) => ({ ...row, processedMs: processedMs ?? row.startMs }));
      }
    },
  };
}
