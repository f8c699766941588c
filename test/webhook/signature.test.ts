/** Signatures as an independent verifier sees them, rotation among them. */
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { Signer, SigningKeys } from '../../lambdas/shared/delivery/signer.ts';
import { signingKey, startWorld } from './delivery-world.ts';

const body = Buffer.from('{"type":"transcript.stored","text":"Zoë ✓"}');

describe('a signature', () => {
  it('verifies with the standardwebhooks package, and not for other bytes', () => {
    const current = signingKey();
    const headers = { ...new Signer({ current }).sign('msg_1', body, Date.now()) };
    const verifier = new Webhook(current);
    expect(() => verifier.verify(body.toString(), headers)).not.toThrow();
    expect(() => verifier.verify(`${body.toString()} `, headers)).toThrow();
    expect(() => new Webhook(signingKey()).verify(body.toString(), headers)).toThrow();
  });

  it('is made with both keys during a rotation', () => {
    const keys = { current: signingKey(), previous: signingKey() };
    const headers = { ...new Signer(keys).sign('msg_1', body, Date.now()) };
    for (const key of [keys.current, keys.previous]) {
      expect(() => new Webhook(key).verify(body.toString(), headers)).not.toThrow();
    }
  });

  it('is made afresh for each attempt', () => {
    const signer = new Signer({ current: signingKey() });
    const first = signer.sign('msg_1', body, 1_000_000);
    const second = signer.sign('msg_1', body, 2_000_000);
    expect(second['webhook-id']).toBe(first['webhook-id']);
    expect(second['webhook-signature']).not.toBe(first['webhook-signature']);
  });

  // Of 16, 17 and 18 bytes: base64 ends with two, one and no padding, which some tools leave away.
  it.each([
    'AAAAAAAAAAAAAAAAAAAAAA==',
    'AAAAAAAAAAAAAAAAAAAAAAA=',
    'AAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAA',
  ])('is made with a key that ends like %s', (key) =>
    expect(SigningKeys.safeParse({ current: `whsec_${key}` }).success).toBe(true),
  );

  it.each([
    ['three signs of padding', 'whsec_AAAAAAAAAAAAAAAAAAAAAA==='],
    ['no prefix', 'c2VjcmV0c2VjcmV0c2VjcmV0'],
    ['no base64', 'whsec_not base64'],
    ['a key that was cut off', `whsec_${'A'.repeat(33)}`],
    ['too short a key', `whsec_${Buffer.from('short').toString('base64')}`],
    ['the placeholder of a new stack', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW'],
  ])('is not made with a secret of %s', (_name, current) => {
    expect(SigningKeys.safeParse({ current }).success).toBe(false);
  });
});

describe('a delivery', () => {
  it('is signed in a way that the receiver accepts, with the id in both headers', async () => {
    const world = await startWorld();
    world.clock.now = Date.now();
    await world.storeBatch('run', 0, 10);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ pending: 0, parked: 0 });
    expect(world.receiver.received.every(({ verified }) => verified)).toBe(true);
  });

  it('goes on when the secret is rotated in mid-run: the secret is read once more', async () => {
    const world = await startWorld();
    world.clock.now = Date.now();
    await world.storeBatch('run', 0, 40);
    const [before, after] = [world.secret.value.current, signingKey()];
    let posts = 0;
    const client = {
      post: async (headers: Record<string, string>, bytes: Buffer) => {
        posts += 1;
        if (posts === 15) {
          world.receiver.setSecret(after);
          world.secret.value = { current: after, previous: before };
        }
        return world.client.post(headers, bytes);
      },
    };
    world.transport.client = client;
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, pending: 0, parked: 0 });
    expect(world.secret.reads).toBe(2);
    expect(world.receiver.duplicates).toBe(0);
  });

  it('with both keys is accepted by a receiver that knows either', async () => {
    for (const known of ['current', 'previous'] as const) {
      const world = await startWorld();
      world.clock.now = Date.now();
      world.secret.value = { current: signingKey(), previous: signingKey() };
      world.receiver.setSecret(world.secret.value[known] as string);
      await world.storeBatch('run', 0, 5);
      expect(await world.deliverBatch('run', 0)).toMatchObject({ pending: 0, parked: 0 });
    }
  });

  it('with a key that the receiver never knew is parked after one more look at the secret', async () => {
    const world = await startWorld();
    world.clock.now = Date.now();
    world.secret.value = { current: signingKey() };
    await world.storeBatch('run', 0, 12);
    expect(await world.deliverBatch('run', 0)).toMatchObject({ calls: 1, pending: 0, parked: 12 });
    expect(world.secret.reads).toBe(2);
    await world.deliver({ runId: 'run' });
    expect((await world.parked('run')).every(({ lastStatus }) => lastStatus === 401)).toBe(true);
  });
});
