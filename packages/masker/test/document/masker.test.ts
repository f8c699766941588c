import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createMasker } from '../../src/index.ts';
import { LEXICON } from '../masker.ts';

const PHONE = '{"text":"my cell is 415-555-0132"}';

test('two maskers with different options do not disturb each other', () => {
  const ordinary = createMasker({}, LEXICON);
  const german = createMasker(
    { regions: ['DE'], replacements: { PHONE_NUMBER: '[TELEFON]' }, disable: ['PIN'] },
    LEXICON,
  );
  const text = 'my pin is 4821, call 415-555-0132';
  for (let round = 0; round < 3; round++) {
    expect(ordinary.maskText(text)).toBe('my pin is [PIN], call [PHONE_MASKED]');
    expect(german.maskText(text)).toBe('my pin is 4821, call [TELEFON]');
    expect(ordinary.maskJson(PHONE).json).toBe('{"text":"my cell is [PHONE_MASKED]"}');
    expect(german.maskJson(PHONE).json).toBe('{"text":"my cell is [TELEFON]"}');
  }
});

test('a name that is seen in one document is not remembered by another masker', () => {
  const [one, other] = [createMasker({}, LEXICON), createMasker({}, LEXICON)];
  const before = other.knownNames;
  one.maskJson('{"mothersMaidenName":"Lopez","anaLopezPhone":"415-555-0132"}');
  expect(one.knownNames).toBe(before + 2);
  expect(other.knownNames).toBe(before);
  expect(other.maskJson(PHONE)).toEqual(one.maskJson(PHONE));
});

test('a document that cannot be read does not spoil the next one', () => {
  const masker = createMasker({}, LEXICON);
  expect(() => masker.maskJson('{"ssn":"531-72-4409",')).toThrow(SyntaxError);
  expect(masker.maskJson(PHONE).json).toBe('{"text":"my cell is [PHONE_MASKED]"}');
});

test('what a checkpoint throws ends one document only', () => {
  const masker = createMasker({}, LEXICON);
  const late = () => {
    throw new Error('late');
  };
  expect(() => masker.maskJson(PHONE, { checkpoint: late })).toThrow('late');
  expect(masker.maskJson(PHONE).json).toBe('{"text":"my cell is [PHONE_MASKED]"}');
});

test('worker threads have maskers of their own', async () => {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.entry).then(({ createMasker }) => {
      const masker = createMasker({}, workerData.lexicon);
      parentPort.postMessage(workerData.texts.map((text) => masker.maskText(text)));
    });`;
  const entry = new URL('../../src/index.ts', import.meta.url).href;
  const answers = await Promise.all(
    ['4821', '5932'].map(
      (pin) =>
        new Promise((resolve, reject) => {
          const texts = Array.from({ length: 20 }, () => `my pin is ${pin}`);
          const worker = new Worker(source, { eval: true, workerData: { entry, texts, lexicon: LEXICON } });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  expect(answers).toEqual([Array(20).fill('my pin is [PIN]'), Array(20).fill('my pin is [PIN]')]);
});
