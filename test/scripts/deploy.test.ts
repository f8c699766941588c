import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

function run(script: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
  return spawnSync(process.execPath, [path, ...args], {
    env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null' },
    encoding: 'utf8',
  });
}

describe('npm run deploy', () => {
  it.each(['deploy', 'preflight'])('%s --help explains itself and does nothing', (script) => {
    const { status, stdout } = run(script, '--help');
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${script} -- --context stage=STAGE`));
    expect(status).toBe(0);
  });

  it('asks for the stage', () => {
    const { status, stderr } = run('deploy');
    expect(stderr).toContain('--context stage=prod');
    expect(status).toBe(2);
  });

  it('deploys nothing when the preflight found a fault', () => {
    const { status, stdout } = run('deploy', '--context', 'stage=prod');
    expect(stdout).toContain('→ Set stages.prod.webhookUrl in cdk.json');
    expect(stdout).not.toMatch(/Deployment|Synthesis time/);
    expect(status).toBe(1);
  });
});
