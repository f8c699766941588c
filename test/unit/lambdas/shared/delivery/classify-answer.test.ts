import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../../../../../lambdas/shared/delivery/classify-answer.ts';

describe('classifyAnswer', () => {
  it.each([
    ['delivered', [200, 201, 202, 204, 299]],
    ['retry', [301, 302, 303, 307, 308, 408, 425, 429, 500, 502, 503, 504, 599]],
    ['unauthorised', [401, 403]],
    ['gone', [410]],
    ['park', [400, 402, 404, 405, 406, 409, 411, 413, 415, 418, 422, 431, 451]],
  ])('%s', (meaning, statuses) => {
    expect(statuses.map((status) => [status, classifyAnswer(status)])).toEqual(
      statuses.map((status) => [status, meaning]),
    );
  });
});
