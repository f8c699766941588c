import type { CxoneSimulator } from '../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';

const JSON_ONLY = { accept: 'application/json' };
const ANALYTICS = '/interaction-analytics-gateway/v2/segments';

export interface Row extends Record<string, unknown> {
  segmentId: string;
  interactionId: string;
  acdContactId: number;
  mediaType: string;
  startTime: string;
  firstAnnotatedAt: string;
}

export interface Page {
  totalRecords: number;
  interactions: Row[];
  links: { self: string; next?: string };
}

/** Bare calls to the public APIs of the simulator, without any of the product's own client. */
export function publicApisOf(simulator: CxoneSimulator) {
  const { baseUrl } = simulator;
  let token = '';

  const get = (path: string, headers: Record<string, string> = JSON_ONLY) =>
    fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const query = (values: Record<string, string | number>) =>
    new URLSearchParams(
      Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();

  return {
    get,
    formSignIn: (form: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${baseUrl}/auth/token`, {
        method: 'POST',
        headers: { ...JSON_ONLY, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    accessKeySignIn: (key: Record<string, unknown> = {}) =>
      fetch(`${baseUrl}/authentication/v1/token/access-key`, {
        method: 'POST',
        headers: { ...JSON_ONLY, 'content-type': 'application/json' },
        body: JSON.stringify({
          accessKeyId: simulator.accessKeyId,
          accessKeySecret: simulator.accessKeySecret,
          ...key,
        }),
      }),
    async signIn() {
      const answer = (await (await this.accessKeySignIn()).json()) as { access_token: string };
      token = answer.access_token;
    },
    use(accessToken: string) {
      token = accessToken;
    },
    list: (values: Record<string, string | number>) =>
      get(`${ANALYTICS}/analyzed?${query({ dateField: 'firstAnnotatedAt', ...values })}`),
    async page(values: Record<string, string | number>): Promise<Page> {
      return (await (await this.list(values)).json()) as Page;
    },
    transcript: (segmentId: string, more = '') => get(`${ANALYTICS}/${segmentId}/analyzed-transcript${more}`),
    completed: (values: Record<string, string | number>) =>
      get(`/incontactapi/services/v34.0/contacts/completed?${query(values)}`),
  };
}
