/** Synthesises the stack for tests on its template, with handlers that need no bundling time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { JsonObject } from '../../emulator/engine/json.ts';
import { resolveTemplate } from '../../emulator/engine/resolve-template.ts';
import { createApp } from '../../infra/create-app.ts';

export const FIXTURE_HANDLERS = fileURLToPath(new URL('../fixtures/handlers', import.meta.url));

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface SynthesisedTemplate {
  resources: Record<string, Resource>;
  outputs: Record<string, object>;
  /** Amazon States Language of the state machine that extracts, intrinsics resolved. */
  definition: JsonObject;
  /** Of the one that delivers what is left. */
  delivery: JsonObject;
  /** Rule names that cdk-nag found; empty when clean. */
  findings: string[];
  ofType(type: string): [logicalId: string, resource: Resource][];
}

export function readContext(): Record<string, unknown> {
  const text = readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { context: Record<string, unknown> }).context;
}

/**
 * Synthesises with cdk-nag; a stage with findings does not throw but lists them.
 *
 * @param isChecked whether it throws for a value that CloudFormation would refuse, which takes three seconds
 */
export function synthesiseTemplate(
  settings: Record<string, unknown> = {},
  { isChecked = false } = {},
): SynthesisedTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'template-'));
  try {
    const { app, stack } = createApp({
      context: { ...readContext(), ...settings },
      outdir,
      // The template tells a function's code by its hash alone.
      bundles: FIXTURE_HANDLERS,
      isChecked,
    });
    const packs = [new AwsSolutionsChecks(app), new ServerlessChecks(app)];
    Validations.of(app).addPlugins(...packs);
    const { template } = app.synth().getStackByName(stack.stackName) as { template: JsonObject };
    const { stackName, region } = stack;
    const { stateMachines } = resolveTemplate(template, { stackName, region, findCodeDir: (key) => key });
    const machine = (prefix: string) => stateMachines.find(({ name }) => name.startsWith(prefix))?.definition ?? {};
    const resources = template.Resources as unknown as Record<string, Resource>;
    return {
      resources,
      outputs: (template.Outputs ?? {}) as Record<string, object>,
      definition: machine('TranscriptExtraction'),
      delivery: machine('TranscriptDelivery'),
      findings: packs.flatMap((pack) => pack.validateScope(app).violations.map((violation) => violation.ruleName)),
      ofType: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Every state of a definition by name, those of Map and Parallel included. */
export function statesOf(definition: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [name, state] of Object.entries((definition.States ?? {}) as Record<string, JsonObject>)) {
    found.set(name, state);
    const nested = [state.ItemProcessor, ...((state.Branches as JsonObject[] | undefined) ?? [])];
    for (const inner of nested) {
      if (inner) for (const [key, value] of statesOf(inner as JsonObject)) found.set(key, value);
    }
  }
  return found;
}
