/** Closes the delivery of a run: parks what could not be delivered, and says in S3 what and why. */

import { ParkDeliveriesInput, ParkDeliveriesOutput } from '../shared/contracts/states/park-deliveries.ts';
import { readDeliveryRequest } from '../shared/delivery/delivery-request.ts';
import { ObjectStore } from '../shared/storage/object-store.ts';
import { readConfig } from '../shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../shared/task/config/task-config.ts';
import { defineTask } from '../shared/task/middleware.ts';
import { writeDeliveryAudit } from './audit-delivery.ts';
import { parkPending } from './park-pending.ts';
import { writeParkedList } from './parked-list.ts';

const store = new ObjectStore(readConfig(TASK_CONFIG.ParkDeliveries).DATA_LAKE_BUCKET);

/** The state ParkDeliveries. */
export const handler = defineTask({
  input: ParkDeliveriesInput,
  output: ParkDeliveriesOutput,
  async run({ delivery }, { metrics, logger }) {
    const request = readDeliveryRequest(delivery);
    const { total, parkedEvents, newlyParked } = await parkPending(store, request, Date.now);
    const parkedKey = await writeParkedList(store, request.runId, total.parked + parkedEvents);
    await writeDeliveryAudit(store, delivery, request, total);

    metrics.addMetric('WebhookParked', 'Count', newlyParked);
    logger.info('Delivery closed', { ...total, parkedEvents, newlyParked });
    const { delivered, parked } = total;
    return { runId: request.runId, delivered, parked, ...(parkedKey && { parkedKey }) };
  },
});
