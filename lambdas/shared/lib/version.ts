/** Version of the product, as in `package.json`; a test holds the two together. */
export const PIPELINE_VERSION = '0.2.0';
