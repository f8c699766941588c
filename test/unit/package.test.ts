import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const manifests = ['package.json', 'packages/masker/package.json'].map(
  (file) => read(file) as Record<string, Record<string, string>>,
);
const { packages } = read('package-lock.json') as {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
};

describe('package.json', () => {
  it('pins exact versions', () => {
    const loose = manifests
      .flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies }))
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('lists the optional packages of every platform: npm ci refuses it otherwise', () => {
    const paths = Object.keys(packages);
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !paths.some((candidate) => candidate.endsWith(`node_modules/${name}`)))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry host', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });
});
