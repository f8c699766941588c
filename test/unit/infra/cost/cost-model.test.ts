import { describe, expect, it } from 'vitest';
import { estimateCost, fixedMonthlyCost, type TYPICAL } from '../../../../infra/cost/cost-model.ts';
import { PRICES, type Price } from '../../../../infra/cost/price-table.ts';
import { batchTransitions, PARENT_TRANSITIONS } from '../../../../lambdas/shared/contracts/state-transitions.ts';

const close = (value: number) => expect.closeTo(value, 9);

describe('estimate', () => {
  it('counts the state transitions of a run as the run does', () => {
    const { stateTransitions, lines } = estimateCost({ transcripts: 1_050, pollsPerBatch: 3, submissionsPerBatch: 2 });
    expect(stateTransitions).toBe(PARENT_TRANSITIONS + 11 * batchTransitions(3, 2));
    expect(lines.find(({ price }) => price === 'stateTransition')?.dollars).toBeCloseTo(stateTransitions * 0.000025, 9);
  });

  it('adds up: lines, services and the total are the same money', () => {
    const { lines, byService, dollars, dollarsPerThousand } = estimateCost({ transcripts: 4_000 });
    expect(lines.reduce((sum, line) => sum + line.dollars, 0)).toEqual(close(dollars));
    expect(byService.reduce((sum, each) => sum + each.dollarsPerThousand, 0)).toEqual(close(dollarsPerThousand));
    expect(dollarsPerThousand).toEqual(close(dollars / 4));
  });

  it('is for one run of nothing the price of looking', () => {
    const { dollars, dollarsPerThousand } = estimateCost({ transcripts: 0 });
    expect(dollars).toBeGreaterThan(0);
    expect(dollars).toBeLessThan(0.001);
    expect(dollarsPerThousand).toBeNaN();
  });

  it.each<[string, Partial<typeof TYPICAL>]>([
    ['smaller batches', { batchSize: 50 }],
    ['more polls', { pollsPerBatch: 8 }],
    ['larger artifacts', { artifactKB: 40 }],
    ['larger deliveries', { deliveryKB: 50 }],
    ['a job submitted twice', { submissionsPerBatch: 2 }],
  ])('grows with %s', (_name, change) => {
    const usual = estimateCost({ transcripts: 10_000 });
    expect(estimateCost({ transcripts: 10_000, ...change }).dollars).toBeGreaterThan(usual.dollars);
  });

  it('grows with the number of transcripts, and no faster', () => {
    const one = estimateCost({ transcripts: 10_000 }).dollarsPerThousand;
    const many = estimateCost({ transcripts: 1_000_000 }).dollarsPerThousand;
    expect(many).toBeLessThanOrEqual(one);
    expect(many / one).toBeGreaterThan(0.9);
  });
});

describe('price table', () => {
  it.each(Object.entries<Price>(PRICES))('%s has a price, a unit and a page of AWS', (_name, price) => {
    expect(price.dollars).toBeGreaterThan(0);
    expect(price.unit).not.toBe('');
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
  });

  it('prices what a stage costs by itself', () => {
    const lines = fixedMonthlyCost({ keys: 1, secrets: 2, customMetrics: 10, alarmMetrics: 5, dashboards: 1 });
    expect(lines.reduce((sum, { dollars }) => sum + dollars, 0)).toBeCloseTo(1 + 0.8 + 3 + 0.5 + 3, 6);
  });
});
