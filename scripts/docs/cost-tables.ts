/** The tables of the cost document, from the cost model and the template. Pure. */
import { PIPELINE_METRICS } from '../../infra/constructs/observability/pipeline-metrics.ts';
import { BILLED, estimateCost, fixedMonthlyCost, TYPICAL } from '../../infra/cost/cost-model.ts';
import { PRICE_REGION, PRICES, PRICES_AS_OF } from '../../infra/cost/price-table.ts';
import { ofType, type Resource, type Template } from './template.ts';

const BATCH_SIZES = [25, 100, 500, 1_000];
const RUN = 10_000;
/** Types of personal data that occur in a contact centre on most days. */
const TYPES_OF_FINDINGS = 15;
/** Names of errors that keep a transcript from being stored in a month without great trouble. */
const ERRORS_OF_A_MONTH = 3;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_name, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const dollars = (value: number) => `$${value.toFixed(value < 0.1 ? 5 : 2)}`;
const number = (value: number) =>
  value.toLocaleString('en-US', value < 100 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 });

/** Dollars for 1,000 transcripts by service and batch size, as a table in Markdown. */
export function costByService(): string {
  const estimates = BATCH_SIZES.map((batchSize) => estimateCost({ transcripts: 100_000, batchSize }));
  const services = estimates[1]?.byService.map(({ service }) => service) ?? [];
  const rows = services.map((service) => [
    service,
    ...estimates.map(({ byService }) =>
      dollars(byService.find((each) => each.service === service)?.dollarsPerThousand ?? 0),
    ),
  ]);
  const total = ['**all**', ...estimates.map((estimate) => `**${dollars(estimate.dollarsPerThousand)}**`)];
  const transitions = [
    'state transitions a transcript',
    ...estimates.map((estimate) => (estimate.stateTransitions / 100_000).toFixed(3)),
  ];
  return table(
    ['per 1,000 transcripts', ...BATCH_SIZES.map((size) => `batches of ${size}`)],
    [...rows, total, transitions],
  );
}

/** Units and dollars of one run, as a table in Markdown. */
export function costOfRun(): string {
  const { lines, dollars: total } = estimateCost({ transcripts: RUN });
  const rows = lines.map(({ service, unit, quantity, dollars: part }) => [
    service,
    unit,
    number(quantity),
    `$${part.toFixed(5)}`,
  ]);
  return table(['service', 'unit', 'units', 'dollars'], [...rows, ['**all**', '', '', `**$${total.toFixed(5)}**`]]);
}

/** An alarm on an expression is paid for by the metrics in it. */
function metricsOf({ Properties: { Metrics } }: Resource): number {
  return Array.isArray(Metrics) ? Metrics.filter((each) => JSON.stringify(each).includes('"MetricStat"')).length : 1;
}

/** Dollars a month that the stack costs without any run, as a table in Markdown. */
export function fixedCost(template: Template): string {
  const count = (type: string) => ofType(template, type).length;
  const lines = fixedMonthlyCost({
    keys: count('AWS::KMS::Key'),
    secrets: count('AWS::SecretsManager::Secret'),
    customMetrics: Object.keys(PIPELINE_METRICS).length - 1 + TYPES_OF_FINDINGS + ERRORS_OF_A_MONTH,
    alarmMetrics: ofType(template, 'AWS::CloudWatch::Alarm').reduce((sum, [, alarm]) => sum + metricsOf(alarm), 0),
    dashboards: count('AWS::CloudWatch::Dashboard'),
  });
  const total = lines.reduce((sum, line) => sum + line.dollars, 0);
  return table(
    ['service', 'unit', 'units', 'dollars a month'],
    [
      ...lines.map(({ service, unit, quantity, dollars: part }) => [service, unit, number(quantity), dollars(part)]),
      ['**all**', '', '', `**${dollars(total)}**`],
    ],
  );
}

/** What the estimates take a transcript, a batch and a call to be, as a table in Markdown. */
export function assumptions(): string {
  return table(
    ['assumption', 'value'],
    [
      ['artifact, decompressed', `${TYPICAL.artifactKB} KB`],
      ['compression of what is stored', `${TYPICAL.compression} times`],
      ['body of a delivery', `${TYPICAL.deliveryKB} KB`],
      ['polls for each job', String(TYPICAL.pollsPerBatch)],
      ['objects with transcripts for each batch', String(TYPICAL.partsPerBatch)],
      ['billed for any call of a function', `${BILLED.invocationMs} ms`],
      ['… and for a call to CXone', `${BILLED.vendorCallMs} ms`],
      ['… and for storing', `${BILLED.storeMsPerMB} ms/MB`],
      ['… and for delivering', `${BILLED.deliverMsPerTranscript} ms/transcript`],
    ],
  );
}

/** The list prices that the estimates use, each with its source, as a table in Markdown. */
export function prices(): string {
  const rows = Object.values(PRICES).map(({ service, unit, dollars: price, source }) => [
    `[${service}](${source})`,
    unit,
    `$${price.toFixed(10).replace(/0+$/, '').replace(/\.$/, '')}`,
  ]);
  return `List prices in ${PRICE_REGION}, ${PRICES_AS_OF}, from \`infra/cost/price-table.ts\`:\n\n${table(['service', 'unit', 'price'], rows)}`;
}

/**
 * Cost a day of 10,000 to 100 million transcripts in a daily run, as a table in Markdown: batches of 100 up to a million,
 * and of 1,000 above.
 */
export function costAtScale(): string {
  const rows = [10_000, 1_000_000, 100_000_000].map((perDay) => {
    const batchSize = perDay > 1_000_000 ? 1_000 : 100;
    const estimate = estimateCost({ transcripts: perDay, batchSize });
    return [
      number(perDay),
      number(batchSize),
      number(perDay / batchSize),
      number(estimate.stateTransitions),
      `$${number(estimate.dollars)}`,
    ];
  });
  return table(['transcripts a day', 'batch size', 'jobs a day', 'state transitions a day', 'dollars a day'], rows);
}
