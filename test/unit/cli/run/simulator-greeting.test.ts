import { expect, it } from 'vitest';
import { greetingOf } from '../../../../cli/run/simulator-greeting.ts';
import type { SourceName } from '../../../../lambdas/shared/contracts/source-name.ts';

const SIMULATOR = {
  baseUrl: 'http://127.0.0.1:9',
  clientId: 'me',
  clientSecret: 'mine',
  accessKeyId: 'KEY',
  accessKeySecret: "a/b+c='d",
};

it.each<[SourceName | undefined, string, string[]]>([
  [
    undefined,
    'bulk-job (--source takes',
    [
      '  CXONE_CLIENT_ID=me CXONE_CLIENT_SECRET=mine \\',
      '    npm run -s transcripts -- run events/manual-interactions.json --cxone-url http://127.0.0.1:9',
    ],
  ],
  [
    'digital-engagement',
    'digital-engagement',
    [
      "  CXONE_ACCESS_KEY_ID=KEY CXONE_ACCESS_KEY_SECRET='a/b+c='\\''d' \\",
      '    npm run -s transcripts -- run events/window.json --source digital-engagement --cxone-url http://127.0.0.1:9',
    ],
  ],
])('of %s: the source, and the command that a shell takes as it stands', (source, said, command) => {
  const lines = greetingOf(SIMULATOR, source);
  expect(lines[1]).toContain(said);
  expect(lines.slice(-2)).toEqual(command);
});
