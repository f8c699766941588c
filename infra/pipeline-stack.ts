/** The pipeline as one stack: composes the constructs and holds every grant. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { needsEntities } from '@cxone-transcripts/masker/options';
import { ManagedPolicy, PermissionsBoundary, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  acknowledgeFunctionRole,
  acknowledgeKeyPatterns,
  acknowledgeStateMachine,
  acknowledgeSynchronousFunction,
} from './acknowledgements.ts';
import { bundleHandlers, HANDLERS_DIR } from './bundle-handlers.ts';
import { DailySchedule } from './constructs/daily-schedule.ts';
import { DataCatalog } from './constructs/data-catalog.ts';
import { DataLakeBucket } from './constructs/data-lake-bucket.ts';
import { DeliveryStateMachine } from './constructs/delivery-state-machine.ts';
import { grantEntityDetection } from './constructs/entity-detection.ts';
import { ExtractionStateMachine } from './constructs/extraction-state-machine.ts';
import { Network } from './constructs/network.ts';
import { Observability } from './constructs/observability/observability.ts';
import { keyThrough, PipelineKey } from './constructs/pipeline-key.ts';
import { createSecrets, createSurrogateKey } from './constructs/secrets.ts';
import { TaskFunction } from './constructs/task-function.ts';
import { environmentOf } from './function-variables.ts';
import { RECONCILED_KEYS } from './reconciliation-keys.ts';
import { portsOf, type StageConfig } from './stage-config.ts';
import { handlerFolder, TASK_NAMES, TASKS, type TaskName, type TaskSettings } from './task-table.ts';

export interface PipelineStackProps extends StackProps {
  config: StageConfig;
  /** The folder with the handlers' bundles, where they are made already; the product's own are made otherwise. */
  bundles?: string | undefined;
}

/** Everything that one stage has in an account. */
export class PipelineStack extends Stack {
  readonly #config: StageConfig;
  readonly #key: PipelineKey;
  readonly #dataLake: DataLakeBucket;
  readonly #cxoneSecret: Secret;
  readonly #webhookSecret: Secret;
  readonly #surrogateKey: Secret | undefined;
  readonly #functions: Record<TaskName, TaskFunction>;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    const { config } = props;
    this.#config = config;
    this.#key = new PipelineKey(this, 'Key', config.stage);
    this.#dataLake = new DataLakeBucket(this, 'DataLake', {
      encryptionKey: this.#key,
      retentionDays: config.retentionDays,
      auditRetentionDays: config.auditRetentionDays,
    });
    const { cxone, webhook } = createSecrets(this, this.#key);
    this.#cxoneSecret = cxone;
    this.#webhookSecret = webhook;
    this.#surrogateKey = config.surrogates ? createSurrogateKey(this, this.#key) : undefined;
    this.#functions = this.#createFunctionsFrom(props.bundles);

    const deliveryLogs = this.#createLogGroup('TranscriptDelivery');
    const delivery = this.#createDelivery(deliveryLogs);
    const logs = this.#createLogGroup('TranscriptExtraction');
    const extraction = this.#createStateMachine(logs, delivery);
    this.#grantFunctions();
    this.#grantStateMachine(extraction);
    this.#grantDelivery(delivery);
    const { deadLetters } = new DailySchedule(this, 'Daily', {
      name: `${this.stackName}-daily`,
      stage: config.stage,
      stateMachine: extraction.stateMachine,
      ...config.schedule,
    });
    this.#confine();
    new Observability(this, 'Observability', {
      stage: config.stage,
      encryptionKey: this.#key,
      extraction: extraction.stateMachine,
      delivery: delivery.stateMachine,
      functions: this.#functions,
      stateMachineLogs: [logs, deliveryLogs],
      scheduleDeadLetters: deadLetters,
      alarmEmail: config.alarmEmail,
      expectedRunHours: config.schedule.enabled ? config.expectedRunHours : undefined,
      freshnessHours: config.freshnessHours,
    });

    const catalog = new DataCatalog(this, 'Catalog', {
      stage: config.stage,
      bucket: this.#dataLake.bucket,
      encryptionKey: this.#key,
      dataSince: config.dataSince,
      scanLimitBytes: config.queryScanLimitGB * 1_000_000_000,
    });

    new CfnOutput(this, 'StateMachineArn', { value: extraction.stateMachine.stateMachineArn });
    new CfnOutput(this, 'DeliveryStateMachineArn', { value: delivery.stateMachine.stateMachineArn });
    new CfnOutput(this, 'DataLakeBucketName', { value: this.#dataLake.bucket.bucketName });
    new CfnOutput(this, 'CxoneSecretArn', { value: this.#cxoneSecret.secretArn });
    new CfnOutput(this, 'WebhookSecretArn', { value: this.#webhookSecret.secretArn });
    new CfnOutput(this, 'AthenaWorkGroup', { value: catalog.workGroupName });
    new CfnOutput(this, 'DatabaseName', { value: catalog.databaseName });
  }

  #createFunctionsFrom(given: string | undefined): Record<TaskName, TaskFunction> {
    if (given !== undefined) return this.#createFunctions(given);
    const bundles = bundleHandlers(HANDLERS_DIR, TASK_NAMES.map(handlerFolder));
    try {
      return this.#createFunctions(bundles);
    } finally {
      // Each bundle was copied into the cloud assembly.
      rmSync(bundles, { recursive: true, force: true });
    }
  }

  #createFunctions(bundles: string): Record<TaskName, TaskFunction> {
    const resources = {
      bucketName: this.#dataLake.bucket.bucketName,
      cxoneSecretId: this.#cxoneSecret.secretArn,
      webhookSecretId: this.#webhookSecret.secretArn,
      surrogateSecretId: this.#surrogateKey?.secretArn,
    };
    const create = (name: TaskName): TaskFunction => {
      const settings: TaskSettings = TASKS[name];
      return new TaskFunction(this, name, {
        codeDir: join(bundles, handlerFolder(name)),
        description: settings.description,
        environment: {
          POWERTOOLS_SERVICE_NAME: handlerFolder(name),
          POWERTOOLS_LOG_LEVEL: this.#config.logLevel,
          ...environmentOf(name, this.#config, resources),
        },
        timeoutSeconds: settings.timeoutSeconds,
        memoryMB: settings.memoryMB,
        scratchMB: settings.scratchMB,
        logRetentionDays: this.#config.logRetentionDays,
        encryptionKey: this.#key,
      });
    };
    return Object.fromEntries(TASK_NAMES.map((name) => [name, create(name)])) as Record<TaskName, TaskFunction>;
  }

  /** Of a state machine. The prefix keeps the account's log resource policy from growing with every one of them. */
  #createLogGroup(stateMachine: string): LogGroup {
    return new LogGroup(this, `${stateMachine}Logs`, {
      logGroupName: `/aws/vendedlogs/states/${stateMachine}-${this.#config.stage}`,
      retention: this.#config.logRetentionDays,
      encryptionKey: this.#key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  #createDelivery(logGroup: LogGroup): DeliveryStateMachine {
    const name = `TranscriptDelivery-${this.#config.stage}`;
    const delivery = new DeliveryStateMachine(this, 'Delivery', {
      functions: this.#functions,
      logGroup,
      name,
      giveUpSeconds: this.#config.webhookGiveUpSeconds,
    });
    this.#key.encryptHistory(delivery.stateMachine, name);
    return delivery;
  }

  #createStateMachine(logGroup: LogGroup, { stateMachine: delivery }: DeliveryStateMachine): ExtractionStateMachine {
    const name = `TranscriptExtraction-${this.#config.stage}`;
    const extraction = new ExtractionStateMachine(this, 'Extraction', {
      functions: this.#functions,
      delivery,
      bucket: this.#dataLake.bucket,
      logGroup,
      name,
    });
    this.#key.encryptHistory(extraction.stateMachine, name);
    return extraction;
  }

  /** What an account may ask of every stack: a boundary for the roles, a network for the functions. */
  #confine(): void {
    const { permissionsBoundary, vpc } = this.#config;
    if (permissionsBoundary !== undefined) {
      const policy = permissionsBoundary.startsWith('arn:')
        ? ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', permissionsBoundary)
        : ManagedPolicy.fromManagedPolicyName(this, 'Boundary', permissionsBoundary);
      PermissionsBoundary.of(this).apply(policy);
    }
    if (vpc === undefined) return;
    const network = new Network(this, 'Network', { ...vpc, ports: portsOf(this.#config) });
    for (const task of Object.values(this.#functions)) network.attach(task.function, task.role);
  }

  #grantFunctions(): void {
    const { Authenticate, PlanExtraction, SubmitTranscriptJob, GetJobStatus, ...others } = this.#functions;
    const { StoreTranscripts, DeliverTranscripts, ParkDeliveries, ReconcileContacts, RecordOutcome, EraseReplaced } =
      others;
    const callers = [Authenticate, PlanExtraction, SubmitTranscriptJob, GetJobStatus, StoreTranscripts];
    for (const { role } of [...callers, ReconcileContacts]) this.#grantSecret(role, this.#cxoneSecret);
    this.#grantSecret(DeliverTranscripts.role, this.#webhookSecret);
    if (this.#surrogateKey) this.#grantSecret(StoreTranscripts.role, this.#surrogateKey);
    if (needsEntities(this.#config.masking)) grantEntityDetection(StoreTranscripts.role);

    // Planning may have to record a run that died before it could do so itself.
    this.#grantRecords(PlanExtraction, 'inputs/*');
    const written = ['runs/*/batches/*', 'runs/*/parts/*', 'runs/*/passes/*', 'state/days/*', 'state/budget/*'];
    this.#grantLake(StoreTranscripts, {
      // A repeated call looks whether what is there is what it would write.
      get: [...written, 'transcripts/*', 'audit/*'],
      put: ['transcripts/*', ...written],
      create: ['audit/*'],
    });
    // Parts of an attempt that broke off, beside those that count.
    this.#dataLake.grantDelete(StoreTranscripts.role, 'transcripts/*');
    this.#grantLake(DeliverTranscripts, {
      get: [
        'transcripts/*',
        'runs/*/batches/*',
        'runs/*/delivery/*',
        'runs/*/outbox/*',
        'runs/*/endpoint.json',
        'runs/*/manifest.json',
      ],
      put: ['runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/endpoint.json'],
    });
    this.#grantLake(ParkDeliveries, {
      get: ['transcripts/*', 'runs/*/batches/*', 'runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/parked.jsonl'],
      put: ['runs/*/delivery/*', 'runs/*/outbox/*', 'runs/*/parked.jsonl'],
      create: ['audit/*'],
    });
    this.#grantLake(ReconcileContacts, { get: RECONCILED_KEYS, put: ['runs/*/reconciliation.json'] });
    this.#grantRecords(RecordOutcome);
    const erased = ['transcripts/*', 'runs/*/batches/*', 'runs/*/manifest.json', 'state/replaced/*'];
    this.#grantLake(EraseReplaced, { get: [...erased, 'state/days/*'], put: erased, create: ['audit/*'] });
    this.#dataLake.grantDelete(EraseReplaced.role, 'transcripts/*', 'state/replaced/*');
    this.#dataLake.grantDeleteVersions(EraseReplaced.role, 'transcripts/*');
    for (const task of Object.values(this.#functions)) {
      acknowledgeFunctionRole(task.role);
      acknowledgeSynchronousFunction(task.function);
    }
  }

  /** The records of runs, the state between them, and the parts that a batch left behind when it was given up. */
  #grantRecords(task: TaskFunction, ...reads: string[]): void {
    const records = ['runs/*', 'state/*', 'backlogs/*'];
    // What was audited by an earlier attempt is read, not written again.
    this.#grantLake(task, { get: [...records, 'audit/*', ...reads], put: records, create: ['audit/*'] });
    this.#dataLake.grantDelete(task.role, 'transcripts/*');
    acknowledgeKeyPatterns(task.role, this.#dataLake.bucket, ['transcripts/*']);
  }

  /** Key patterns that a function reads, writes, and writes where nothing is. */
  #grantLake(
    { role }: TaskFunction,
    { get, put, create = [] }: Record<'get' | 'put', string[]> & { create?: string[] },
  ): void {
    this.#dataLake.grantList(role);
    this.#dataLake.grantGet(role, ...get);
    this.#dataLake.grantPut(role, ...put);
    if (create.length > 0) this.#dataLake.grantCreate(role, ...create);
    acknowledgeKeyPatterns(role, this.#dataLake.bucket, [...new Set([...get, ...put, ...create])]);
  }

  #grantSecret(role: TaskFunction['role'], secret: Secret): void {
    role.addToPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
    );
    role.addToPolicy(keyThrough(this.#key, 'secretsmanager', ['kms:Decrypt']));
  }

  #grantStateMachine({ stateMachine }: ExtractionStateMachine): void {
    this.#dataLake.grantGet(stateMachine, 'runs/*/batches*.jsonl', 'runs/*/map/*');
    this.#dataLake.grantPut(stateMachine, 'runs/*/map/*');
    stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListMultipartUploadParts'],
        resources: [this.#dataLake.bucket.arnForObjects('runs/*/map/*')],
      }),
    );
    acknowledgeKeyPatterns(stateMachine, this.#dataLake.bucket, ['runs/*/batches*.jsonl', 'runs/*/map/*']);
    const { ParkDeliveries: _ofDelivery, ...functions } = this.#functions;
    this.#grantFunctionsOf(stateMachine, Object.values(functions));
  }

  #grantDelivery({ stateMachine }: DeliveryStateMachine): void {
    this.#grantFunctionsOf(stateMachine, [this.#functions.DeliverTranscripts, this.#functions.ParkDeliveries]);
  }

  /** Executions that were started before a deployment still invoke the versions of then. */
  #grantFunctionsOf(stateMachine: StateMachine, tasks: readonly TaskFunction[]): void {
    const functions = tasks.map((task) => task.function);
    stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: functions.map((each) => `${each.functionArn}:*`),
      }),
    );
    acknowledgeStateMachine(stateMachine, functions);
  }
}
