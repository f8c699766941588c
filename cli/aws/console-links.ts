/** Pages of the AWS console. Pure. */

/** The console of another partition has another host. */
function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}

const page = (region: string, path: string, fragment: string) =>
  `https://${consoleHost(region)}/${path}?region=${region}${fragment}`;

export function executionLink(region: string, executionArn: string): string {
  return page(region, 'states/home', `#/v2/executions/details/${encodeURIComponent(executionArn)}`);
}

export function dashboardLink(region: string, stackName: string): string {
  return page(region, 'cloudwatch/home', `#dashboards:name=${encodeURIComponent(stackName)}`);
}

export function objectLink(region: string, bucket: string, key: string): string {
  return `https://${consoleHost(region)}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}
