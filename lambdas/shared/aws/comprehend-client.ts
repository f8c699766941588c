/** What is used of the SDK, in a module of its own: of a package that is imported by name at run time, all is bundled. */
export { ComprehendClient, DetectPiiEntitiesCommand } from '@aws-sdk/client-comprehend';
