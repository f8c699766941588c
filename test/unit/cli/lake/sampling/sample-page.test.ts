import { expect, it } from 'vitest';
import { samplePage } from '../../../../../cli/lake/sampling/sample-page.ts';

const page = samplePage([
  {
    row: {
      interactionId: 'int-1',
      mediaType: 'chat',
      timestamp: '2026-11-21T10:00:00.000Z',
      transcript: {
        turns: [{ text: 'call [PHONE_MASKED:k7f3] <script>alert(1)</script>' }],
        words: ['a', '[PIN]'],
        n: 7,
      },
      interaction: { row: { agentName: 'Ana & Bo' } },
      findings: { PHONE_NUMBER: 1 },
    },
    weight: 1,
  },
]);

it.each([
  '<th>/turns/0/text</th><td>call <mark>[PHONE_MASKED:k7f3]</mark> &lt;script&gt;alert(1)&lt;/script&gt;</td>',
  '<th>/words</th><td>a <mark>[PIN]</mark></td>',
  '<th>/n</th><td>7</td>',
  '<th>/interaction/agentName</th><td>Ana &amp; Bo</td>',
  '<p>int-1; masked: PHONE_NUMBER 1</p>',
])('shows %s', (html) => {
  expect(page).toContain(html);
});

it('runs and loads nothing', () => {
  expect(page).not.toMatch(/<script|<img|<link|href=|src=/);
  expect(page).toContain("default-src 'none'");
});
