/** CloudFormation as far as the command line asks it: DescribeStacks and ListStackResources, in XML. */

import { type RunningServer, readBody, startServer } from '../../emulator/stand-ins/start-server.ts';
import { ownValue } from '../../lambdas/shared/lib/own-value.ts';

export interface StandInStack {
  outputs: Record<string, string>;
  resources?: { type: string; physicalId: string }[];
}

export interface CloudFormation extends RunningServer {
  /** By name; change it between calls. */
  stacks: Record<string, StandInStack>;
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;
const text = (name: string, value: string) => element(name, escapeXml(value));

function describeStack(name: string, { outputs }: StandInStack): string {
  const members = Object.entries(outputs).map(([key, value]) =>
    element('member', text('OutputKey', key), text('OutputValue', value)),
  );
  const stack = element('member', text('StackName', name), element('Outputs', ...members));
  return element('DescribeStacksResponse', element('DescribeStacksResult', element('Stacks', stack)));
}

function listResources({ resources = [] }: StandInStack): string {
  const members = resources.map(({ type, physicalId }, index) =>
    element(
      'member',
      text('LogicalResourceId', `Resource${index}`),
      text('ResourceType', type),
      text('PhysicalResourceId', physicalId),
      text('ResourceStatus', 'CREATE_COMPLETE'),
    ),
  );
  const list = element('StackResourceSummaries', ...members);
  return element('ListStackResourcesResponse', element('ListStackResourcesResult', list));
}

function missing(name: string): string {
  const message = `Stack with id ${name} does not exist`;
  return element(
    'ErrorResponse',
    element('Error', text('Type', 'Sender'), text('Code', 'ValidationError'), text('Message', message)),
  );
}

export async function startCloudFormation(stacks: Record<string, StandInStack> = {}): Promise<CloudFormation> {
  const state = { stacks };
  const server = await startServer(async (request, response) => {
    const form = new URLSearchParams((await readBody(request)).toString());
    const name = form.get('StackName') ?? '';
    const stack = ownValue(state.stacks, name);
    const isList = form.get('Action') === 'ListStackResources';
    response.writeHead(stack ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(stack ? (isList ? listResources(stack) : describeStack(name, stack)) : missing(name));
  });
  return Object.assign(state, server);
}
