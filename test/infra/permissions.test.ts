import { describe, expect, it } from 'vitest';
import { TASK_NAMES } from '../../infra/task-table.ts';
import { type Resource, type Statement, synthesiseTemplate } from './template.ts';

const template = synthesiseTemplate();

const asArray = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** A resource of a statement as short text: references by the construct they point to, without hash. */
function describeResource(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Select': part } = resource as Record<string, unknown>;
  if (part !== undefined) return `<part of ${describeResource((part as unknown[])[1])}>`;
  if (resource !== null && typeof resource === 'object' && 'Fn::Split' in resource) {
    return describeResource((resource['Fn::Split'] as unknown[])[1]);
  }
  if (join !== undefined) return (join as [string, unknown[]])[1].map(describeResource).join('');
  const id = String(Ref ?? (attribute as string[])[0]);
  if (id.startsWith('AWS::')) return id;
  return id.replace(/CurrentVersion\w+$/, 'Version').replace(/[0-9A-F]{8}$/, '');
}

function statementsOf(construct: string, effect: 'Allow' | 'Deny'): Statement[] {
  return template
    .ofType('AWS::IAM::Policy')
    .filter(([id]) => id.startsWith(construct))
    .flatMap(([, policy]) => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Effect }) => Effect === effect);
}

/** `action resource` of everything that the role of a construct is allowed. */
function permissionsOf(construct: string): string[] {
  const permissions = statementsOf(construct, 'Allow').flatMap(({ Action, Resource }) =>
    asArray(Action).flatMap((action) => asArray(Resource).map((each) => `${action} ${describeResource(each)}`)),
  );
  return [...new Set(permissions)].sort();
}

const EVERY_FUNCTION = (name: string) => [
  `logs:CreateLogStream ${name}Logs`,
  `logs:PutLogEvents ${name}Logs`,
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];
/** Service Authorization Reference: these actions have no resource types. */
const TAKE_NO_RESOURCE = new Set([
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);
const CXONE_SECRET = ['secretsmanager:GetSecretValue CxoneCredentials', 'kms:Decrypt Key'];
const get = (pattern: string) => `s3:GetObject DataLakeBucket/${pattern}`;
const put = (pattern: string) => [
  `s3:PutObject DataLakeBucket/${pattern}`,
  `s3:AbortMultipartUpload DataLakeBucket/${pattern}`,
];
const LAKE_KEY = ['kms:Decrypt Key', 'kms:GenerateDataKey Key', 's3:ListBucket DataLakeBucket'];

const RECORDS = [
  ...LAKE_KEY,
  get('runs/*'),
  get('state/*'),
  get('audit/*'),
  ...put('runs/*'),
  ...put('state/*'),
  get('backlogs/*'),
  ...put('backlogs/*'),
  ...put('audit/*'),
  's3:DeleteObject DataLakeBucket/transcripts/*',
];

const invocationsOf = (names: readonly string[]) =>
  names.flatMap((name) => [`lambda:InvokeFunction ${name}FunctionVersion`, `lambda:InvokeFunction ${name}Function:*`]);

const ALLOWED: Record<(typeof TASK_NAMES)[number], string[]> = {
  Authenticate: CXONE_SECRET,
  PlanExtraction: [...CXONE_SECRET, ...RECORDS, get('inputs/*')],
  SubmitTranscriptJob: CXONE_SECRET,
  GetJobStatus: CXONE_SECRET,
  StoreTranscripts: [
    ...CXONE_SECRET,
    ...LAKE_KEY,
    get('runs/*/batches/*'),
    get('runs/*/parts/*'),
    get('runs/*/passes/*'),
    get('state/days/*'),
    get('state/budget/*'),
    get('transcripts/*'),
    get('audit/*'),
    ...put('transcripts/*'),
    ...put('audit/*'),
    ...put('runs/*/batches/*'),
    ...put('runs/*/parts/*'),
    ...put('runs/*/passes/*'),
    ...put('state/days/*'),
    ...put('state/budget/*'),
    's3:DeleteObject DataLakeBucket/transcripts/*',
  ],
  DeliverTranscripts: [
    'secretsmanager:GetSecretValue WebhookSigningKey',
    ...LAKE_KEY,
    get('transcripts/*'),
    get('runs/*/batches/*'),
    get('runs/*/delivery/*'),
    get('runs/*/outbox/*'),
    get('runs/*/endpoint.json'),
    get('runs/*/pace.json'),
    get('runs/*/manifest.json'),
    ...put('runs/*/delivery/*'),
    ...put('runs/*/outbox/*'),
    ...put('runs/*/endpoint.json'),
    ...put('runs/*/pace.json'),
  ],
  ParkDeliveries: [
    ...LAKE_KEY,
    get('transcripts/*'),
    get('runs/*/batches/*'),
    get('runs/*/delivery/*'),
    get('runs/*/outbox/*'),
    get('runs/*/parked.jsonl'),
    ...put('runs/*/delivery/*'),
    ...put('runs/*/outbox/*'),
    ...put('runs/*/parked.jsonl'),
    ...put('audit/*'),
  ],
  ReconcileContacts: [
    ...CXONE_SECRET,
    ...LAKE_KEY,
    get('runs/*/plan.json'),
    get('runs/*/batches*'),
    get('runs/*/decided*'),
    get('runs/*/reconciliation.json'),
    get('state/days/*'),
    get('state/watermarks/*'),
    get('backlogs/*'),
    ...put('runs/*/reconciliation.json'),
  ],
  RecordOutcome: RECORDS,
  EraseReplaced: [
    ...LAKE_KEY,
    ...['transcripts/*', 'runs/*/batches/*', 'runs/*/manifest.json', 'state/replaced/*'].flatMap((pattern) => [
      get(pattern),
      ...put(pattern),
    ]),
    get('state/days/*'),
    ...put('audit/*'),
    's3:DeleteObject DataLakeBucket/transcripts/*',
    's3:DeleteObject DataLakeBucket/state/replaced/*',
    's3:DeleteObjectVersion DataLakeBucket/transcripts/*',
    's3:ListBucketVersions DataLakeBucket',
  ],
};

describe('permissions', () => {
  it.each(TASK_NAMES)('%s may do exactly this', (name) => {
    const expected = new Set([...EVERY_FUNCTION(name), ...ALLOWED[name]]);
    expect(permissionsOf(name)).toEqual([...expected].sort());
  });

  it.each(TASK_NAMES.filter((name) => permissionsOf(name).some((each) => /^s3:PutObject .*[/]audit[/]/.test(each))))(
    '%s adds to the audit trail and writes over nothing in it',
    (name) => {
      const denied = statementsOf(name, 'Deny').map(({ Action, Resource, Condition }) => ({
        what: `${Action} ${describeResource(Resource)}`,
        Condition,
      }));
      expect(denied).toContainEqual({
        what: 's3:PutObject DataLakeBucket/audit/*',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      });
    },
  );

  it.each(TASK_NAMES)('%s uses the key through the services that it reads from alone', (name) => {
    const through = statementsOf(name, 'Allow')
      .filter(({ Action }) => asArray(Action).some((action) => action.startsWith('kms:')))
      .map(({ Condition }) => Condition);
    const services = ['s3', 'secretsmanager'].filter((service) =>
      permissionsOf(name).some((each) => each.startsWith(`${service}:`)),
    );
    const key = (condition: unknown) => JSON.stringify(condition);
    expect(new Set(through.map(key))).toEqual(
      new Set(
        services.map((service) => key({ StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } })),
      ),
    );
  });

  it('no role has the key for itself: each use is through a service, or for one kind of thing', () => {
    const uses = template
      .ofType('AWS::IAM::Policy')
      .flatMap(([, policy]) => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement)
      .filter(({ Action }) => asArray(Action).some((action) => action.startsWith('kms:')));
    expect(uses.length).toBeGreaterThan(8);
    for (const { Condition } of uses) {
      const { StringEquals = {} } = (Condition ?? {}) as { StringEquals?: object };
      expect(Object.keys(StringEquals)).toEqual([expect.stringMatching(/^kms:(ViaService|EncryptionContext:.+)$/)]);
    }
  });

  it('no role may delete from the audit trail', () => {
    const deletions = TASK_NAMES.flatMap(permissionsOf).filter((each) => each.startsWith('s3:Delete'));
    expect(new Set(deletions)).toEqual(
      new Set([
        's3:DeleteObject DataLakeBucket/transcripts/*',
        's3:DeleteObject DataLakeBucket/state/replaced/*',
        's3:DeleteObjectVersion DataLakeBucket/transcripts/*',
      ]),
    );
  });

  it('the state machine may invoke its functions, read batches, write map results, run its children and log', () => {
    const invocations = invocationsOf(TASK_NAMES.filter((name) => name !== 'ParkDeliveries'));
    const permissions = permissionsOf('Extraction');
    expect(permissions.filter((each) => each.startsWith('lambda:'))).toEqual(invocations.sort());
    expect(permissions.filter((each) => /^(s3|kms):/.test(each))).toEqual(
      [
        get('runs/*/batches*.jsonl'),
        get('runs/*/map/*'),
        ...put('runs/*/map/*'),
        's3:ListMultipartUploadParts DataLakeBucket/runs/*/map/*',
        'kms:Decrypt Key',
        'kms:GenerateDataKey Key',
      ].sort(),
    );
    const execution = 'arn:aws:states:us-east-1:AWS::AccountId:execution:<part of ExtractionTranscriptExtraction>';
    expect(permissions.filter((each) => each.startsWith('states:'))).toEqual([
      `states:DescribeExecution ${execution}:*`,
      `states:RedriveExecution ${execution}/ExtractBatches:*`,
      'states:StartExecution DeliveryTranscriptDelivery',
      'states:StartExecution ExtractionTranscriptExtraction',
      // Itself, for the rest of a window.
      'states:StartExecution arn:aws:states:us-east-1:AWS::AccountId:stateMachine:TranscriptExtraction-dev',
      `states:StopExecution ${execution}:*`,
    ]);
    const others = permissions.filter((each) => !/^(lambda|s3|kms|states):/.test(each));
    expect(others).toEqual([...TAKE_NO_RESOURCE].map((action) => `${action} *`).sort());
  });

  it('the delivery may invoke its two functions and start itself anew, and touches no data itself', () => {
    const permissions = permissionsOf('Delivery').filter((each) => !TAKE_NO_RESOURCE.has(each.split(' ')[0] ?? ''));
    const history = ['kms:Decrypt Key', 'kms:GenerateDataKey Key'];
    const itself = expect.stringMatching(/^states:StartExecution arn:.*:stateMachine:TranscriptDelivery-dev$/);
    const invocations = invocationsOf(['DeliverTranscripts', 'ParkDeliveries']);
    expect(permissions).toEqual([...[...history, ...invocations].sort(), itself]);
  });

  it('the schedule may start the state machine and leave a dead letter', () => {
    expect(permissionsOf('SchedulerRole').map((each) => each.split(' ')[0])).toEqual([
      'sqs:SendMessage',
      'states:StartExecution',
    ]);
  });

  it('each function has a role of its own, without managed policies', () => {
    const functions = template.ofType('AWS::Lambda::Function');
    const roles = functions.map(([, { Properties }]) => describeResource(Properties.Role));
    expect(new Set(roles).size).toBe(TASK_NAMES.length);
    for (const [, role] of template.ofType('AWS::IAM::Role')) expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('a star as action does not occur, as resource only where the service knows no other', () => {
    const statements = template
      .ofType('AWS::IAM::Policy')
      .flatMap(
        ([, policy]: [string, Resource]) => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement,
      );
    for (const { Action, Resource } of statements) {
      for (const action of asArray(Action)) {
        expect(action).not.toContain('*');
        if (asArray(Resource).includes('*')) expect(TAKE_NO_RESOURCE).toContain(action);
      }
    }
  });

  it('detecting names and addresses, and surrogates, are granted only where they are switched on', () => {
    const actionsOf = (settings: Record<string, unknown>) =>
      JSON.stringify(synthesiseTemplate(settings).ofType('AWS::IAM::Policy'));
    expect(actionsOf({})).not.toContain('comprehend:');
    expect(actionsOf({})).not.toContain('SurrogateKey');
    expect(actionsOf({ masking: { enable: ['VIN'] } })).not.toContain('comprehend:');
    expect(actionsOf({ masking: { comprehend: true } })).toContain('comprehend:DetectPiiEntities');
    expect(actionsOf({ surrogates: true })).toContain('SurrogateKey');
  });
});
