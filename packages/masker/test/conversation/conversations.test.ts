import { describe, expect, test } from 'vitest';
import { readConversation } from '../marked.ts';
import { maskJson, maskTranscript } from '../masker.ts';
import { CONVERSATIONS } from '../tables/conversations.ts';

/** The turns of a conversation: who speaks, the text, and what is to be found in it as `type text`. */
function read(lines: string) {
  return readConversation(lines).map(({ speaker, text, spans }) => ({
    speaker,
    text,
    spans: spans.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`),
  }));
}

describe('conversations', () => {
  test.each(CONVERSATIONS)('%s', (_, lines) => {
    const turns = read(lines);
    const document = { segments: turns.map(({ speaker, text }) => ({ speaker, text })) };
    const { value, findings } = maskTranscript(document);
    const found = turns.map(({ text }, turn) =>
      findings
        .filter(({ path }) => path === `/segments/${turn}/text`)
        .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`),
    );
    expect(found).toEqual(turns.map(({ spans }) => spans));
    expect(JSON.parse(maskJson(JSON.stringify(document)).json)).toEqual(value);
  });
});
