/** What Digital Engagement allows, as its documentation says; a budget for all runs of a tenant starts from these. */

/** Reads of contacts an hour, of all clients of a tenant together. */
export const TENANT_READS_PER_HOUR = 120_000;

/** Reads an hour of one contact: only one with hundreds of cut messages gets there. */
export const CONTACT_READS_PER_HOUR = 1_020;

/** Reads of one contact that may come at once, before the limit of an hour counts. */
export const CONTACT_READS_AT_ONCE = 250;
