/** What a call to the vendor needs besides its own words: a token, and where the tenant's API is. */

/** Whom one has signed in to, as far as the vendor says it. Nothing of a person. */
export interface Tenant {
  id?: string;
  /** Where the tenant lives, such as `na1`. */
  area?: string;
  /** Host of the issuer, where discovery found one. */
  issuer?: string;
}

export interface Session {
  token: string;
  /** Base of the tenant's API, without a slash at its end. */
  apiBase: string;
  expiresInSeconds: number;
  /** Undefined where the vendor does not name them. */
  scopes: string[] | undefined;
  tenant?: Tenant;
}
