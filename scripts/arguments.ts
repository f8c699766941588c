/** Command lines of the scripts: what is not known is refused, since most of it is mistyped. */
import { parseArgs } from 'node:util';

const BAD_USAGE = 2;

/** Prints what is wrong and ends the script. */
export function refuse(message: string): never {
  console.error(`error: ${message}`);
  process.exit(BAD_USAGE);
}

/** For a script without options: with any it ends with 2. */
export function takeNoArguments(script: string): void {
  const [first] = process.argv.slice(2);
  if (first !== undefined) refuse(`npm run ${script} takes no arguments, and not ${first}`);
}

/** Options of `cdk deploy` (its CLI in `package.json`) that change how it deploys, not what. */
const DEPLOY_OPTIONS = {
  'require-approval': { type: 'string' },
  method: { type: 'string' },
  'change-set-name': { type: 'string' },
  'outputs-file': { type: 'string' },
  'role-arn': { type: 'string', short: 'r' },
  'toolkit-stack-name': { type: 'string' },
  'notification-arns': { type: 'string' },
  progress: { type: 'string' },
  tags: { type: 'string', short: 't' },
  rollback: { type: 'boolean' },
  'no-rollback': { type: 'boolean', short: 'R' },
  force: { type: 'boolean', short: 'f' },
  ci: { type: 'boolean' },
  verbose: { type: 'boolean', short: 'v' },
  debug: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
} as const;

export interface DeployArguments {
  help: boolean;
  /** `--context name=value`, by name. */
  context: Record<string, string>;
  /** A profile of the AWS configuration. */
  profile?: string;
}

/**
 * The options of the preflight and of a deployment.
 *
 * @param withDeploy whether options of `cdk deploy` are allowed as well
 * @example readDeployArguments(['--context', 'stage=prod'], false); // { help: false, context: { stage: 'prod' } }
 * @throws Error whose message names what is not known
 */
export function readDeployArguments(args: readonly string[], withDeploy: boolean): DeployArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      context: { type: 'string', short: 'c', multiple: true },
      profile: { type: 'string' },
      ...(withDeploy ? DEPLOY_OPTIONS : {}),
    },
  });
  const pairs = values.context ?? [];
  const wrong = pairs.find((pair) => pair.indexOf('=') < 1);
  if (wrong !== undefined) throw new Error(`--context takes name=value, not ${wrong}`);
  const context = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const { help = false, profile } = values;
  return { help, context, ...(profile !== undefined && { profile }) };
}

/** {@link readDeployArguments} of this process; ends it with 2 where it throws. */
export function deployArguments(withDeploy: boolean): DeployArguments {
  try {
    return readDeployArguments(process.argv.slice(2), withDeploy);
  } catch (error) {
    // Node adds a hint about positional arguments, of which there are none.
    refuse((error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '');
  }
}
