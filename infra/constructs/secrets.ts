import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeSecret } from '../acknowledgements.ts';

/**
 * The credentials for CXone, and the key that signs deliveries: placeholders until the operator fills
 * them.
 */
export function createSecrets(scope: Construct, key: IKey): { cxone: Secret; webhook: Secret } {
  const cxone = createPlaceholder(scope, 'CxoneCredentials', key, {
    description:
      'Credentials for CXone: {"accessKeyId": "…", "accessKeySecret": "…"}, with "clientId", "clientSecret" and "clientAuth" for a registered application; {"clientId": "…", "clientSecret": "…"} for bulk jobs',
    // Another template would make an update write over what the operator has filled in.
    template: { clientId: 'fill-me-in' },
    generatedKey: 'clientSecret',
  });
  const webhook = createPlaceholder(scope, 'WebhookSigningKey', key, {
    description: 'Signs webhook deliveries: {"current": "whsec_…"}',
    template: {},
    generatedKey: 'current',
  });
  acknowledgeSecret(cxone, 'CXone issues access keys and client secrets and has no call to rotate them');
  acknowledgeSecret(
    webhook,
    'The receiver has to learn a new key first: the operator rotates it, with both keys valid for a while',
  );
  return { cxone, webhook };
}

/** The key of the surrogates: made here, known to no person, and used as it is. */
export function createSurrogateKey(scope: Construct, key: IKey): Secret {
  const secret = createPlaceholder(scope, 'SurrogateKey', key, {
    description: 'Key of the tokens that join masked values: {"keyId": "k1", "key": "…"}',
    template: { keyId: 'k1' },
    generatedKey: 'key',
  });
  acknowledgeSecret(
    secret,
    'A new key ends the joins with all earlier rows: the operator chooses when, under a new keyId',
  );
  return secret;
}

/** A secret whose first value is one that no other system accepts. */
function createPlaceholder(
  scope: Construct,
  id: string,
  encryptionKey: IKey,
  { description, template, generatedKey }: { description: string; template: object; generatedKey: string },
): Secret {
  return new Secret(scope, id, {
    description,
    encryptionKey,
    generateSecretString: {
      secretStringTemplate: JSON.stringify(template),
      generateStringKey: generatedKey,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
