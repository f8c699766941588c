/** Dashboard, alarms and their topic, saved log queries. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledgements.ts';
import type { TaskName } from '../../task-table.ts';
import type { TaskFunction } from '../task-function.ts';
import { Alarms } from './alarms.ts';
import { PipelineDashboard } from './dashboard.ts';
import { LogQueries } from './log-queries.ts';
import { PipelineMetrics } from './pipeline-metrics.ts';

export interface ObservabilityProps {
  stage: string;
  encryptionKey: IKey;
  extraction: StateMachine;
  delivery?: StateMachine | undefined;
  functions: Readonly<Record<TaskName, TaskFunction>>;
  stateMachineLogs: readonly ILogGroup[];
  scheduleDeadLetters: IQueue;
  /** Gets every alarm; further subscriptions belong to the users of the topic. */
  alarmEmail: string | undefined;
  /** Hours within which a run has to succeed; undefined where nothing is scheduled. */
  expectedRunHours: number | undefined;
  freshnessHours: number;
}

/** All that an operator looks at, and the topic that calls one. */
export class Observability extends Construct {
  /** Where the alarms go. */
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    this.topic = this.#createTopic(props);
    const metrics = new PipelineMetrics(props.stage);
    const { extraction, delivery, functions, scheduleDeadLetters, expectedRunHours, freshnessHours } = props;
    const alarms = new Alarms(this, 'Alarms', {
      metrics,
      extraction,
      delivery,
      scheduleDeadLetters,
      topic: this.topic,
      expectedRunHours,
      freshnessHours,
    });
    const outcomeLogs = functions.RecordOutcome.logGroup;
    new PipelineDashboard(this, 'Overview', {
      metrics,
      alarms: alarms.all,
      extraction,
      functions,
      outcomeLogs,
      scheduleDeadLetters,
      freshnessHours,
    });
    new LogQueries(this, 'Queries', {
      functionLogs: Object.values(functions).map((task) => task.logGroup),
      stateMachineLogs: props.stateMachineLogs,
      outcomeLogs,
    });
  }

  #createTopic({ encryptionKey, alarmEmail, stage }: ObservabilityProps): Topic {
    const topic = new Topic(this, 'AlarmTopic', {
      displayName: `CXone transcripts (${stage})`,
      masterKey: encryptionKey,
      enforceSSL: true,
    });
    // CloudWatch writes into the topic itself; the key trusts it (PipelineKey), which an AWS-managed one could not.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (alarmEmail !== undefined) {
      topic.addSubscription(new EmailSubscription(alarmEmail));
      acknowledge(topic, {
        'Serverless-SNSRedrivePolicy': 'SNS repeats mail by itself, and the state of an alarm outlasts a lost message',
      });
    }
    return topic;
  }
}
