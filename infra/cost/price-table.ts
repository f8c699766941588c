/**
 * List prices of AWS in US East (N. Virginia), in US dollars, without free tiers, volume tiers or savings plans.
 *
 * The one place with prices: `plan`, the cost document and the dashboard read it. Other regions cost up to half as much
 * again; check the pages below before a budget rests on it.
 */

/** Region of the prices, as AWS names it. */
export const PRICE_REGION = 'us-east-1';
/** Month in which the table was last gone through. */
export const PRICES_AS_OF = '2026-11';

export interface Price {
  service: string;
  /** What one unit is. */
  unit: string;
  dollars: number;
  source: string;
}

const PAGES = {
  stepFunctions: 'https://aws.amazon.com/step-functions/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  s3: 'https://aws.amazon.com/s3/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  xRay: 'https://aws.amazon.com/xray/pricing/',
  secretsManager: 'https://aws.amazon.com/secrets-manager/pricing/',
  transfer: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
  athena: 'https://aws.amazon.com/athena/pricing/',
  comprehend: 'https://aws.amazon.com/comprehend/pricing/',
  vpc: 'https://aws.amazon.com/vpc/pricing/',
} as const;

/** Every price that an estimate, the dashboard or the cost document uses. */
export const PRICES = {
  stateTransition: {
    service: 'Step Functions',
    unit: 'state transition (Standard)',
    dollars: 0.025 / 1_000,
    source: PAGES.stepFunctions,
  },
  lambdaRequest: { service: 'Lambda', unit: 'request', dollars: 0.2 / 1_000_000, source: PAGES.lambda },
  lambdaGBSecond: { service: 'Lambda', unit: 'GB-second (Arm)', dollars: 0.0000133334, source: PAGES.lambda },
  lambdaScratchGBSecond: {
    service: 'Lambda',
    unit: 'GB-second of /tmp above 512 MB',
    dollars: 0.0000000309,
    source: PAGES.lambda,
  },
  s3Put: { service: 'S3', unit: 'PUT, COPY, POST or LIST request', dollars: 0.005 / 1_000, source: PAGES.s3 },
  s3Get: { service: 'S3', unit: 'GET or HEAD request', dollars: 0.0004 / 1_000, source: PAGES.s3 },
  s3GBMonth: { service: 'S3', unit: 'GB-month (Standard)', dollars: 0.023, source: PAGES.s3 },
  kmsRequest: { service: 'KMS', unit: 'request', dollars: 0.03 / 10_000, source: PAGES.kms },
  kmsKeyMonth: { service: 'KMS', unit: 'customer-managed key, a month', dollars: 1, source: PAGES.kms },
  logsGB: { service: 'CloudWatch', unit: 'GB of logs ingested', dollars: 0.5, source: PAGES.cloudWatch },
  logsGBMonth: { service: 'CloudWatch', unit: 'GB-month of logs kept', dollars: 0.03, source: PAGES.cloudWatch },
  metricMonth: { service: 'CloudWatch', unit: 'custom metric, a month', dollars: 0.3, source: PAGES.cloudWatch },
  alarmMonth: {
    service: 'CloudWatch',
    unit: 'metric of an alarm, a month',
    dollars: 0.1,
    source: PAGES.cloudWatch,
  },
  dashboardMonth: { service: 'CloudWatch', unit: 'dashboard, a month', dollars: 3, source: PAGES.cloudWatch },
  traceRecorded: { service: 'X-Ray', unit: 'trace recorded', dollars: 5 / 1_000_000, source: PAGES.xRay },
  secretMonth: { service: 'Secrets Manager', unit: 'secret, a month', dollars: 0.4, source: PAGES.secretsManager },
  secretRequest: {
    service: 'Secrets Manager',
    unit: 'request',
    dollars: 0.05 / 10_000,
    source: PAGES.secretsManager,
  },
  transferOutGB: { service: 'Data transfer', unit: 'GB out to the internet', dollars: 0.09, source: PAGES.transfer },
  athenaTB: { service: 'Athena', unit: 'TB scanned', dollars: 5, source: PAGES.athena },
  comprehendUnit: {
    service: 'Comprehend',
    unit: '100 characters searched for personal data, 300 at least a request',
    dollars: 0.0001,
    source: PAGES.comprehend,
  },
  natGatewayHour: { service: 'VPC', unit: 'hour of a NAT gateway', dollars: 0.045, source: PAGES.vpc },
  natGatewayGB: { service: 'VPC', unit: 'GB through a NAT gateway', dollars: 0.045, source: PAGES.vpc },
  endpointHour: {
    service: 'VPC',
    unit: 'hour of an interface endpoint in one zone',
    dollars: 0.01,
    source: PAGES.vpc,
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;
