/**
 * Version of the detection rules, written into every row beside the counts.
 *
 * Raise it with every change of what is found or how it is replaced; a test compares the rule sources with the digest
 * recorded for this version, and the digests of earlier versions stay recorded.
 */
export const MASK_RULES_VERSION = '1.1.0';
