/**
 * Property tests draw the same documents in every run, so that a red build is red for everybody. `FC_SEED=random` or a
 * number explores others: what it finds becomes a test of its own.
 */
import fc from 'fast-check';

const { FC_SEED = '20261122' } = process.env;
fc.configureGlobal(FC_SEED === 'random' ? {} : { seed: Number(FC_SEED) });
