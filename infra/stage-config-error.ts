/** The configuration of a stage has faults; `message` lists all of them, one a line. */
export class StageConfigError extends Error {
  override readonly name = 'StageConfigError';
}
