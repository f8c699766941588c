/** From a CloudFormation template to what can be run: state machines, functions and outputs with concrete values. */
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { UnsupportedDefinitionError } from './state-error.ts';

const LOCAL_ACCOUNT = '000000000000';

export interface FunctionSpec {
  name: string;
  arn: string;
  /** Directory with the bundle. */
  codeDir: string;
  /** As Lambda takes it: `index.handler`. */
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMB: number;
}

export interface StateMachineSpec {
  name: string;
  arn: string;
  /** Amazon States Language, every intrinsic resolved. */
  definition: JsonObject;
}

export interface ResolvedTemplate {
  functions: FunctionSpec[];
  stateMachines: StateMachineSpec[];
  outputs: Record<string, string>;
}

export interface ResolveOptions {
  stackName: string;
  region: string;
  /** Finds the directory of a function's code by the key of its asset. */
  findCodeDir(s3Key: string): string;
}

interface Resource {
  Type: string;
  Properties: JsonObject;
}

type Attributes = Record<string, string>;

const PARTITION = 'aws';

/** What `Ref` and `Fn::GetAtt` give for the resources that functions and definitions refer to. */
function physicalValues(
  logicalId: string,
  { Type, Properties }: Resource,
  { stackName, region }: ResolveOptions,
): { ref: string; attributes: Attributes } | undefined {
  const arn = (service: string, rest: string) => `arn:${PARTITION}:${service}:${region}:${LOCAL_ACCOUNT}:${rest}`;
  const physicalName = (property: string) =>
    typeof Properties[property] === 'string' ? Properties[property] : `${stackName}-${logicalId}`;
  switch (Type) {
    case 'AWS::S3::Bucket': {
      const name = physicalName('BucketName').toLowerCase().slice(0, 63);
      return { ref: name, attributes: { Arn: `arn:${PARTITION}:s3:::${name}` } };
    }
    case 'AWS::SecretsManager::Secret': {
      const secret = arn('secretsmanager', `secret:${physicalName('Name')}-000000`);
      return { ref: secret, attributes: { Id: secret } };
    }
    case 'AWS::Lambda::Function': {
      const name = physicalName('FunctionName').slice(0, 64);
      return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
    }
    case 'AWS::StepFunctions::StateMachine': {
      const name = physicalName('StateMachineName');
      const stateMachine = arn('states', `stateMachine:${name}`);
      return { ref: stateMachine, attributes: { Arn: stateMachine, Name: name } };
    }
    case 'AWS::KMS::Key':
      return { ref: logicalId, attributes: { KeyId: logicalId, Arn: arn('kms', `key/${logicalId}`) } };
    default:
      return undefined;
  }
}

/** Replaces the intrinsics in a part of a template by their values. */
class IntrinsicResolver {
  readonly #resources: Record<string, Resource>;
  readonly #options: ResolveOptions;
  readonly #pseudo: Record<string, string>;

  constructor(resources: Record<string, Resource>, options: ResolveOptions) {
    this.#resources = resources;
    this.#options = options;
    this.#pseudo = {
      'AWS::Partition': PARTITION,
      'AWS::Region': options.region,
      'AWS::AccountId': LOCAL_ACCOUNT,
      'AWS::StackName': options.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
  }

  resolve(value: JsonValue): JsonValue {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
      return this.#intrinsic(first[0], first[1]);
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(item)]));
  }

  text(value: JsonValue | undefined, what: string): string {
    const resolved = value === undefined ? undefined : this.resolve(value);
    if (typeof resolved !== 'string') throw new UnsupportedDefinitionError(`${what} does not resolve to text`);
    return resolved;
  }

  #intrinsic(name: string, argument: JsonValue): JsonValue {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Fn::GetAtt': {
        const [logicalId = '', attribute = ''] = Array.isArray(argument)
          ? argument.map(String)
          : String(argument).split('.');
        return this.#attribute(logicalId, attribute);
      }
      case 'Fn::Join': {
        const [separator, items] = this.resolve(argument) as [string, JsonValue[]];
        return items.map(String).join(separator);
      }
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::Select': {
        const [index, items] = this.resolve(argument) as [number | string, JsonValue[]];
        return items[Number(index)] ?? '';
      }
      case 'Fn::Split': {
        const [separator, text] = this.resolve(argument) as [string, string];
        return text.split(separator);
      }
      default:
        throw new UnsupportedDefinitionError(`the template uses ${name}, which has no local meaning`);
    }
  }

  #substitute(argument: JsonValue): string {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const values = isJsonObject(variables) ? variables : {};
    return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (values[name] !== undefined) return String(this.resolve(values[name]));
      const [logicalId = '', attribute] = name.split('.');
      return attribute === undefined ? this.#ref(name) : this.#attribute(logicalId, attribute);
    });
  }

  #ref(logicalId: string): string {
    const pseudo = this.#pseudo[logicalId];
    if (pseudo !== undefined) return pseudo;
    const resource = this.#resources[logicalId];
    if (resource?.Type === 'AWS::Lambda::Version') {
      // The one version there is locally.
      return `${this.functionArn(resource)}:1`;
    }
    return this.#physical(logicalId).ref;
  }

  /** The ARN of the function that a version belongs to. */
  functionArn(version: Resource): string {
    const { FunctionName } = version.Properties;
    const logicalId = isJsonObject(FunctionName) && typeof FunctionName.Ref === 'string' ? FunctionName.Ref : '';
    return this.#attribute(logicalId, 'Arn');
  }

  #attribute(logicalId: string, attribute: string): string {
    const value = this.#physical(logicalId).attributes[attribute];
    if (value === undefined) {
      throw new UnsupportedDefinitionError(`the template reads ${logicalId}.${attribute}, which has no local value`);
    }
    return value;
  }

  #physical(logicalId: string): { ref: string; attributes: Attributes } {
    const resource = this.#resources[logicalId];
    const values = resource && physicalValues(logicalId, resource, this.#options);
    if (values === undefined) {
      throw new UnsupportedDefinitionError(`the template refers to ${logicalId}, which has no local value`);
    }
    return values;
  }
}

function toFunction(logicalId: string, resource: Resource, resolver: IntrinsicResolver, options: ResolveOptions) {
  const { Properties } = resource;
  const code = resolver.resolve(Properties.Code ?? {}) as { S3Key?: string };
  const variables = isJsonObject(Properties.Environment) ? (Properties.Environment.Variables ?? {}) : {};
  return {
    name: resolver.text({ Ref: logicalId }, logicalId),
    arn: resolver.text({ 'Fn::GetAtt': [logicalId, 'Arn'] }, logicalId),
    codeDir: options.findCodeDir(code.S3Key ?? ''),
    handler: resolver.text(Properties.Handler, `${logicalId}.Handler`),
    environment: resolver.resolve(variables) as Record<string, string>,
    timeoutSeconds: typeof Properties.Timeout === 'number' ? Properties.Timeout : 3,
    memoryMB: typeof Properties.MemorySize === 'number' ? Properties.MemorySize : 128,
  };
}

/**
 * The functions, state machines and outputs of a synthesised template, their references to one another resolved.
 *
 * @throws UnsupportedDefinitionError where the runnable part refers to something that has no value on this machine
 * @example resolveTemplate(template, options).stateMachines.map(({ name }) => name) // ['TranscriptExtraction-dev', …]
 */
export function resolveTemplate(template: JsonObject, options: ResolveOptions): ResolvedTemplate {
  const resources = (template.Resources ?? {}) as unknown as Record<string, Resource>;
  const resolver = new IntrinsicResolver(resources, options);
  const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const outputs = Object.entries((template.Outputs ?? {}) as Record<string, JsonObject>);
  return {
    functions: ofType('AWS::Lambda::Function').map(([id, resource]) => toFunction(id, resource, resolver, options)),
    stateMachines: ofType('AWS::StepFunctions::StateMachine').map(([id, { Properties }]) => ({
      name: resolver.text({ 'Fn::GetAtt': [id, 'Name'] }, id),
      arn: resolver.text({ Ref: id }, id),
      definition: JSON.parse(resolver.text(Properties.DefinitionString, `${id}.DefinitionString`)) as JsonObject,
    })),
    outputs: Object.fromEntries(
      outputs.map(([name, output]) => [name, resolver.text(output.Value, `output ${name}`)] as const),
    ),
  };
}
