/** Pages of the AWS console. Pure. */

/** The console of another partition has another host. */
function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}

const page = (region: string, path: string, fragment: string) =>
  `https://${consoleHost(region)}/${path}?region=${region}${fragment}`;

/**
 * The page of an execution in the AWS console.
 *
 * @example executionLink('eu-west-1', 'arn:aws:states:eu-west-1:1:execution:T:r1')
 * // 'https://….console.aws.amazon.com/states/home?…#/v2/executions/details/arn%3Aaws…'
 */
export function executionLink(region: string, executionArn: string): string {
  return page(region, 'states/home', `#/v2/executions/details/${encodeURIComponent(executionArn)}`);
}

/**
 * The page of the stack's dashboard in the AWS console.
 *
 * @example dashboardLink('eu-west-1', 'CxoneTranscripts-prod') // '…#dashboards:name=CxoneTranscripts-prod'
 */
export function dashboardLink(region: string, stackName: string): string {
  return page(region, 'cloudwatch/home', `#dashboards:name=${encodeURIComponent(stackName)}`);
}

/**
 * The page of an object in the AWS console.
 *
 * @example objectLink('eu-west-1', 'lake', 'runs/r1/manifest.json') // '…&prefix=runs%2Fr1%2Fmanifest.json'
 */
export function objectLink(region: string, bucket: string, key: string): string {
  return `https://${consoleHost(region)}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}
