/** A synthesised template, and its values as text that people can read. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../infra/create-app.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Resource {
  Type: string;
  Properties: Record<string, Json>;
}

export interface Template {
  stackName: string;
  resources: Record<string, Resource>;
}

const CDK_JSON = new URL('../../cdk.json', import.meta.url);
/**
 * The template of the `dev` stage with other settings.
 *
 * @param bundles of the handlers, of which only the hash is in the template; the product's are made otherwise
 * @throws StageConfigError on a wrong setting
 * @example synthesiseTemplate({ stage: 'prod' }).stackName // 'CxoneTranscripts-prod'
 */
export function synthesiseTemplate(settings: Record<string, unknown>, bundles?: string): Template {
  const { context } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    // The documents show a finding-free template; checking it again is the business of `npm run synth`.
    const { app, stack } = createApp({ context: { ...context, ...settings }, outdir, bundles, isChecked: false });
    const { template } = app.synth().getStackByName(stack.stackName) as {
      template: { Resources: Record<string, Resource> };
    };
    return { stackName: stack.stackName, resources: template.Resources };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/**
 * The resources of a type, with their logical ids.
 *
 * @example ofType(template, 'AWS::KMS::Key').length // 1
 */
export function ofType({ resources }: Template, type: string): [logicalId: string, resource: Resource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

/** `AuthenticateRoleDefaultPolicy1A2B3C4D` → `AuthenticateRoleDefaultPolicy`. */
export function withoutHash(logicalId: string): string {
  return logicalId.replace(/(?<=CurrentVersion)[0-9A-Fa-f]+$/, '').replace(/[0-9A-F]{8}$/, '');
}

const PSEUDO: Record<string, string> = {
  'AWS::AccountId': '<account>',
  'AWS::Partition': 'aws',
  'AWS::Region': '<region>',
  'AWS::StackName': '<stack>',
};

/**
 * A value of a template as text: references become names, joined text stays text.
 *
 * @example readable({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::lake']] }) // 'arn:aws:s3:::lake'
 */
export function readable(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(readable).join(', ');
  const [[name, argument] = ['', '']] = Object.entries(value);
  switch (name) {
    case 'Ref':
      return PSEUDO[String(argument)] ?? withoutHash(String(argument));
    case 'Fn::GetAtt':
      return withoutHash(String((argument as Json[])[0]));
    case 'Fn::Join':
      return ((argument as Json[])[1] as Json[]).map(readable).join('');
    case 'Fn::Select': {
      const [index, list] = argument as [number, Json];
      return index === 6 ? `<name of ${readable(list)}>` : readable(list);
    }
    case 'Fn::Split':
      return readable((argument as Json[])[1]);
    default:
      return JSON.stringify(value);
  }
}
