import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../emulator/engine/json.ts';
import { resolveTemplate } from '../../../emulator/engine/resolve-template.ts';

const definition = (resource: unknown) => ({ 'Fn::Join': ['', ['{"Resource":"', resource, '"}']] });

function template(value: unknown): JsonObject {
  return {
    Resources: {
      Work: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Key: 'abc.zip' },
          Handler: 'index.handler',
          Environment: { Variables: { VALUE: value } },
          Timeout: 60,
          MemorySize: 512,
        },
      },
      WorkVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Work' } } },
      Lake: { Type: 'AWS::S3::Bucket', Properties: {} },
      Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'my-lake' } },
      Password: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { StateMachineName: 'Run', DefinitionString: definition({ Ref: 'WorkVersion' }) },
      },
    },
    Outputs: { MachineArn: { Value: { Ref: 'Machine' } } },
  } as JsonObject;
}

const resolve = (value: unknown) =>
  resolveTemplate(template(value), { stackName: 'S', region: 'eu-west-1', findCodeDir: (key) => `/code/${key}` });

describe('resolveTemplate', () => {
  it.each<[string, unknown, string]>([
    ['text', 'plain', 'plain'],
    ['a bucket without a name', { Ref: 'Lake' }, 's-lake'],
    ['a bucket with one', { Ref: 'Named' }, 'my-lake'],
    ['an ARN', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:s3:::my-lake'],
    ['an ARN in short form', { 'Fn::GetAtt': 'Named.Arn' }, 'arn:aws:s3:::my-lake'],
    ['a secret', { Ref: 'Password' }, 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:S-Password-000000'],
    ['a version', { Ref: 'WorkVersion' }, 'arn:aws:lambda:eu-west-1:000000000000:function:S-Work:1'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'Named' }]] }, 'a/my-lake'],
    [
      'Sub',
      { 'Fn::Sub': '${AWS::Region}:${Named}:${Named.Arn}:${!Kept}' },
      'eu-west-1:my-lake:arn:aws:s3:::my-lake:${Kept}',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${x}!', { x: { Ref: 'Named' } }] }, 'my-lake!'],
    ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Named' }] }] }, 'lake'],
  ])('resolves %s', (_what, value, expected) => {
    expect(resolve(value).functions[0]?.environment).toEqual({ VALUE: expected });
  });

  it('gives functions, machines and outputs', () => {
    expect(resolve('x')).toMatchObject({
      functions: [
        { name: 'S-Work', codeDir: '/code/abc.zip', handler: 'index.handler', timeoutSeconds: 60, memoryMB: 512 },
      ],
      stateMachines: [
        { name: 'Run', definition: { Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:S-Work:1' } },
      ],
      outputs: { MachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:Run' },
    });
  });

  it.each<[unknown, RegExp]>([
    [{ Ref: 'Queue' }, /Queue, which has no local value/],
    [{ Ref: 'Nowhere' }, /Nowhere, which has no local value/],
    [{ 'Fn::GetAtt': ['Named', 'Colour'] }, /Named\.Colour/],
    [{ 'Fn::ImportValue': 'x' }, /Fn::ImportValue/],
  ])('refuses %j, which means nothing here', (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});
