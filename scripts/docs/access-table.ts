/** Who may do what: every statement of the template as one row of a table. Pure. */
import { type Json, ofType, type Resource, readable, type Template, withoutHash } from './template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: Json;
  Principal?: Json;
  Condition?: Record<string, Record<string, Json>>;
}

export interface AccessRow {
  who: string;
  effect: string;
  actions: string;
  resource: string;
  condition: string;
}

const asArray = <Value>(value: Value | Value[]): Value[] => (Array.isArray(value) ? value : [value]);

function statementsOf(document: Json | undefined): Statement[] {
  return (document as unknown as { Statement: Statement[] }).Statement;
}

function conditionOf({ Condition }: Statement): string {
  return Object.entries(Condition ?? {})
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `${operator} ${key}: ${asArray(value).map(readable).join(', ')}`),
    )
    .join('; ');
}

function rowsOf(who: string, statement: Statement, resources: readonly string[]): AccessRow[] {
  const actions = asArray(statement.Action).sort().join(', ');
  const condition = conditionOf(statement);
  return resources.map((resource) => ({ who, effect: statement.Effect, actions, resource, condition }));
}

const byWho = (a: AccessRow, b: AccessRow) =>
  a.who.localeCompare(b.who) || a.resource.localeCompare(b.resource) || a.actions.localeCompare(b.actions);

/** `AuthenticateRole` → `Authenticate`. */
function roleName(reference: string): string {
  return reference.replace(/(ServiceRole|Role)$/, '');
}

/**
 * What the roles of the stack may do: a row for each statement and resource.
 *
 * @example roleRows(template)[0] // { who: 'AuthenticateFunctionServiceRole', effect: 'Allow', actions: '…', … }
 */
export function roleRows(template: Template): AccessRow[] {
  const policies = ofType(template, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    asArray(Properties.Roles ?? []).map((role) => ({
      role: readable(role as Json),
      document: Properties.PolicyDocument,
    })),
  );
  const inline = ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    ((Properties.Policies ?? []) as { PolicyDocument: Json }[]).map(({ PolicyDocument }) => ({
      role: withoutHash(id),
      document: PolicyDocument,
    })),
  );
  return [...policies, ...inline]
    .flatMap(({ role, document }) =>
      statementsOf(document).flatMap((statement) =>
        rowsOf(roleName(role), statement, asArray(statement.Resource ?? '*').map(readable)),
      ),
    )
    .sort(byWho);
}

const RESOURCE_POLICIES: Record<
  string,
  (resource: Resource, id: string) => { name: string; document: Json | undefined }
> = {
  'AWS::S3::BucketPolicy': ({ Properties }) => ({
    name: readable(Properties.Bucket),
    document: Properties.PolicyDocument,
  }),
  'AWS::KMS::Key': ({ Properties }, id) => ({ name: withoutHash(id), document: Properties.KeyPolicy }),
  'AWS::SNS::TopicPolicy': ({ Properties }) => ({
    name: readable(Properties.Topics),
    document: Properties.PolicyDocument,
  }),
  'AWS::SQS::QueuePolicy': ({ Properties }) => ({
    name: readable(Properties.Queues),
    document: Properties.PolicyDocument,
  }),
};

function principalOf({ Principal }: Statement): string {
  if (typeof Principal !== 'object' || Principal === null || Array.isArray(Principal)) return String(Principal);
  return Object.values(Principal).map(readable).join(', ').replace('*', 'everybody');
}

/**
 * What the resources of the stack allow or refuse by themselves.
 *
 * @example resourceRows(template).map(({ who }) => who) // ['anyone', …]
 */
export function resourceRows(template: Template): AccessRow[] {
  return Object.entries(RESOURCE_POLICIES).flatMap(([type, read]) =>
    ofType(template, type).flatMap(([id, resource]) => {
      const { name, document } = read(resource, id);
      return statementsOf(document).flatMap((statement) => {
        const objects = asArray(statement.Resource ?? '*').map((each) => (each === '*' ? name : readable(each)));
        return rowsOf(principalOf(statement), statement, [...new Set(objects)]);
      });
    }),
  );
}

const cell = (text: string) => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);

/**
 * The rows as a table in Markdown.
 *
 * @example of one row -> "| who | | actions | …\n|---|…\n| anyone | Deny | `s3:*` | `bucket` |  |"
 */
export function accessTable(rows: readonly AccessRow[]): string {
  const lines = rows.map(
    ({ who, effect, actions, resource, condition }) =>
      `| ${who} | ${effect} | ${actions.split(', ').map(cell).join(' ')} | ${cell(resource)} | ${cell(condition)} |`,
  );
  return ['| who | | actions | resource | only if |', '|---|---|---|---|---|', ...lines].join('\n');
}
