/**
 * Who may import whom: the one table, held by `test/architecture.test.ts` and printed in `docs/architecture.md`.
 *
 * A file belongs to the room whose path is the longest that it stands below. `<state>` and `<source>` stand for each folder that
 * no other room names; two such folders are two rooms with the same rule.
 */

export interface Room {
  /** A folder below the project; the project's own folder is `.`. */
  path: string;
  /** What one looks for there, in a phrase. */
  holds: string;
  /** Rooms, and single files of other rooms, that it may import beside itself; {@link ALL_BUT_TESTS} or {@link ALL}. */
  imports: readonly string[];
  /** Packages that it may import, `node:*` for Node's own modules; any where absent. */
  packages?: readonly string[];
  /** Its own files only: a folder in it is a room of its own, or a mistake. */
  isFlat?: true;
}

/** Instead of a list of rooms: every room but those of tests. */
export const ALL_BUT_TESTS: readonly string[] = ['*'];
/** Instead of a list of rooms: every room, tests too. */
export const ALL: readonly string[] = ['**'];

const MASKER = 'packages/masker/src';
/** The masker has no I/O: not even a module of Node. */
const PURE = ['zod', 'libphonenumber-js'];
const MASKER_ENTRY = `${MASKER}/index.ts`;
const MASKER_OPTIONS = `${MASKER}/options.ts`;

const SHARED = 'lambdas/shared';
const CONTRACTS = `${SHARED}/contracts`;
const LIB = `${SHARED}/lib`;
const AWS = `${SHARED}/aws`;
const TASK = `${SHARED}/task`;
const TASK_CONFIG = `${TASK}/config/task-config.ts`;
const STORAGE = `${SHARED}/storage`;
const RUNS = `${SHARED}/runs`;
const ERASURE = `${SHARED}/erasure`;
const DELIVERY = `${SHARED}/delivery`;
const VENDOR = `${SHARED}/vendor`;
const SIGN_IN = `${VENDOR}/sign-in`;
const SOURCE = `${VENDOR}/<source>`;
/** What a source can be configured with: the one file of it that others than the port may read. */
const SOURCE_SETTINGS = `${SOURCE}/settings.ts`;
/** What the lease of a run and the retries of a state are reckoned from. */
const JOB_TIMING = `${VENDOR}/job-timing.ts`;
/** Schemas of what can be configured; they load nothing else. */
const SETTINGS = [`${VENDOR}/settings.ts`, `${DELIVERY}/settings.ts`];
/** No AWS SDK: that is for `aws`, `storage` and `task`. */
const NO_AWS = ['zod', 'node:*'];

const EMULATOR = ['emulator', 'emulator/engine', 'emulator/stand-ins', 'emulator/sandbox'];
/** What every part of the command may use. */
const BELOW_CLI = [CONTRACTS, LIB, STORAGE, RUNS, ERASURE, DELIVERY, 'infra', 'infra/cost', ...EMULATOR, MASKER_ENTRY];

/** From the bottom up: a room imports rooms above it in this list, `vendor` and its parts aside. */
export const ROOMS: readonly Room[] = [
  ...maskerRooms(),
  {
    path: CONTRACTS,
    holds: 'what crosses a border, as zod schemas: input and output of each state, the execution input, the errors',
    imports: [],
    packages: ['zod'],
  },
  {
    path: LIB,
    holds: 'what knows nothing of transcripts: HTTP, days, sets of ids, secure URLs, latencies, the version',
    imports: [CONTRACTS],
    packages: NO_AWS,
  },
  {
    path: TASK,
    holds: 'what each function has around it: logger, metrics, validation, its variables',
    imports: [CONTRACTS, LIB, ...SETTINGS, MASKER_OPTIONS],
  },
  {
    path: AWS,
    holds: 'clients of Secrets Manager and Comprehend, the deadlines of calls to AWS',
    imports: [CONTRACTS, LIB, MASKER_ENTRY],
  },
  {
    path: STORAGE,
    holds: 'S3: the layout of keys, the objects read and written, records, lines, tombstones',
    imports: [CONTRACTS, LIB, AWS],
  },
  {
    path: RUNS,
    holds: 'the life of a run: plan, receipts, seal, tally, manifest, watermark, what is unfinished',
    imports: [CONTRACTS, LIB, STORAGE],
    packages: NO_AWS,
  },
  {
    path: ERASURE,
    holds: 'what takes rows out of the lake for good: parts rewritten, old versions deleted, records corrected',
    imports: [CONTRACTS, LIB, STORAGE, RUNS],
  },
  {
    path: DELIVERY,
    holds: 'events and how they get to the webhook: outbox, ledger, signature, checkpoint, address guard',
    imports: [CONTRACTS, LIB, STORAGE],
    packages: NO_AWS,
  },
  {
    path: VENDOR,
    holds: 'the port to a source of transcripts, the one door to the vendor, how long a job may take',
    imports: [CONTRACTS, LIB, AWS, SIGN_IN, SOURCE],
    packages: NO_AWS,
    isFlat: true,
  },
  {
    path: SIGN_IN,
    holds:
      'the ways to sign in, a file each; discovery of the tenant; the session of a container, and where tokens may go',
    imports: [CONTRACTS, LIB, AWS, VENDOR],
    packages: NO_AWS,
  },
  {
    path: SOURCE,
    holds:
      'one source, everything that knows its format: `bulk-job` is the bulk transcript API, `interaction-analytics` the analysed segments; `contacts-completed` is the list that runs are held against',
    imports: [CONTRACTS, LIB, AWS, VENDOR, SIGN_IN],
    packages: NO_AWS,
  },
  {
    path: 'lambdas/<state>',
    holds: 'one state of the machine: `handler.ts`, a recipe, and the decisions beside it',
    imports: [CONTRACTS, LIB, TASK, AWS, STORAGE, RUNS, ERASURE, DELIVERY, VENDOR, SOURCE_SETTINGS, MASKER_ENTRY],
  },
  {
    path: 'infra/cost',
    holds: 'the price table, the model of what a run costs, the estimate of a plan',
    imports: [CONTRACTS, 'infra/task-table.ts', JOB_TIMING],
    packages: NO_AWS,
  },
  {
    path: 'infra',
    holds: 'the stack: settings of a stage, functions, state machines, alarms, permissions',
    imports: [CONTRACTS, LIB, TASK_CONFIG, 'infra/cost', ...SETTINGS, JOB_TIMING, SOURCE_SETTINGS, MASKER_OPTIONS],
  },
  {
    path: 'emulator',
    holds: 'what its rooms share: folders that are gone at the end, the cache that stays',
    imports: [],
    packages: NO_AWS,
    isFlat: true,
  },
  {
    path: 'emulator/engine',
    holds: 'Step Functions on one machine: the synthesised definition, Distributed Map, the bundled handlers',
    imports: [LIB, STORAGE, 'emulator'],
  },
  {
    path: 'emulator/stand-ins',
    holds: 'servers in the place of CXone, S3, Secrets Manager and a webhook',
    imports: [CONTRACTS, LIB, 'emulator'],
  },
  {
    path: 'emulator/sandbox',
    holds: 'engine, stand-ins and the stack put together for one run',
    imports: [CONTRACTS, 'emulator', 'emulator/engine', 'emulator/stand-ins', 'infra'],
  },
  {
    path: 'cli/terminal',
    holds: 'what a terminal shows: colours, widths, durations, the status line',
    imports: [],
  },
  {
    path: 'cli/process',
    holds: 'the process: Ctrl-C, exit codes, confirmation, faults in plain words',
    imports: [...BELOW_CLI, 'cli/terminal'],
  },
  {
    path: 'cli/run',
    holds: 'a run on this machine: services, progress, summary, advice',
    imports: [...BELOW_CLI, 'cli/terminal', 'cli/process'],
  },
  {
    path: 'cli/aws',
    holds: 'a deployed stack: executions, their history, logs',
    imports: [...BELOW_CLI, 'cli/terminal', 'cli/process', 'cli/run'],
  },
  {
    path: 'cli/lake',
    holds: 'what looks after stored data: verification, erasure, compaction, samples',
    imports: [...BELOW_CLI, 'cli/terminal', 'cli/process', 'cli/run', 'cli/aws'],
  },
  {
    path: 'cli/redeliver',
    holds: 'delivery of a run once more',
    imports: [...BELOW_CLI, 'cli/terminal', 'cli/process', 'cli/run', 'cli/aws'],
  },
  {
    path: 'cli/probe',
    holds: 'what a tenant really does: the one part of the command that calls the vendor itself',
    // It asks what the functions ask, through the same door and sign-in, and reads the answers with the same eyes.
    imports: [...BELOW_CLI, VENDOR, SIGN_IN, SOURCE, 'cli/terminal', 'cli/process', 'cli/run'],
  },
  {
    path: 'cli/reconcile',
    holds: "the vendor's list of contacts held against a lake: it reads that list itself, as a probe does",
    imports: [...BELOW_CLI, VENDOR, SIGN_IN, 'cli/terminal', 'cli/process', 'cli/run', 'cli/probe'],
  },
  {
    path: 'cli/commands',
    holds: 'one file a command: its arguments, and what it prints',
    imports: [
      ...BELOW_CLI,
      ...['terminal', 'process', 'run', 'aws', 'lake', 'redeliver', 'probe', 'reconcile'].map((name) => `cli/${name}`),
    ],
  },
  {
    path: 'cli',
    holds: 'the command `transcripts`',
    imports: [LIB, 'cli/terminal', 'cli/process', 'cli/commands'],
    isFlat: true,
  },
  {
    path: 'scripts',
    holds: 'what `npm run` starts: documents, deployment, preflight, mutation, licences, this table',
    imports: ALL_BUT_TESTS,
  },
  { path: 'bench', holds: 'measurements behind the claims of the documents', imports: ALL_BUT_TESTS },
  {
    path: 'docs',
    holds: 'a receiver for the webhook to start from; it needs nothing of the project',
    imports: [],
    packages: ['node:*'],
  },
  { path: 'test', holds: 'tests, and stand-ins that only tests use', imports: ALL },
  { path: 'packages/masker/test', holds: 'tests of the masker, its marked sentences and golden answers', imports: ALL },
  { path: '.', holds: 'settings of the tools', imports: [], isFlat: true },
];

/** Each imports those that stand before it, `numbers` and `prefilter`, `types` and `json` not one another. */
function maskerRooms(): Room[] {
  const room = (name: string, holds: string, below: readonly string[]): Room => ({
    path: `${MASKER}/${name}`,
    holds,
    imports: below.map((each) => `${MASKER}/${each}`),
    packages: PURE,
  });
  const words = ['model', 'text'];
  const found = [...words, 'numbers', 'lexicon', 'prefilter'];
  const typed = [...found, 'types', 'json'];
  const decided = [...typed, 'detect'];
  const joined = [...decided, 'conversation'];
  const named = [...joined, 'people', 'addresses'];
  return [
    room('model', 'types of personal data, options, spans, the version of the rules', []),
    room('text', 'normal form, tokens, lexicon and phrases, number words', ['model']),
    room('numbers', 'runs of digits, written and spoken; dates; check digits; phone plans', words),
    room(
      'lexicon',
      'names, ordinary words, streets as a table of hashes; a text as words with what it knows of them',
      words,
    ),
    room('prefilter', 'the pass over every character, and its engine in WebAssembly', [...words, 'lexicon']),
    room('types', 'what may be which type of personal data', found),
    room('json', 'the structural index of a document; what the name of a member says', found),
    room('detect', 'one text: context, segmentation, matches', typed),
    room('conversation', 'what needs more than one turn', decided),
    room('people', 'names of people in one text, and in answers', [...words, 'lexicon']),
    room('addresses', 'postal addresses in one text, and in answers', [...words, 'lexicon', 'people']),
    room('records', 'what a whole record says of its people and places', named),
    room('document', 'a whole document: masking JSON, transcripts, text; replacements', [...named, 'records']),
    room('leak-check', 'the second, independent look at what is masked', ['model']),
    {
      path: MASKER,
      holds: 'the two entries, `index.ts` and `options.ts`',
      imports: [...named, 'records', 'document', 'leak-check'].map((name) => `${MASKER}/${name}`),
      packages: PURE,
      isFlat: true,
    },
  ];
}
