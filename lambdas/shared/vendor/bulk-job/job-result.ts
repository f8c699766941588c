import type { Artifact, BatchResult, ResultLimits } from '../transcript-source.ts';
import type { ResultBody } from './open-result.ts';
import { findInteractionId, readArtifact } from './read-artifact.ts';
import { readResult } from './read-result.ts';
import { splitArtifacts } from './split-artifacts.ts';

/**
 * The transcripts in the body of a result.
 *
 * JSON Lines without length or chunk marks end when the connection does, so a cut between two lines looks like an end.
 *
 * @example
 * for await (const artifact of jobResultOf(body, limits).artifacts) …
 * // { ok: true, interactionId: 'int-1', … }
 */
export function jobResultOf(body: ResultBody, { maxBytes, maxArtifactBytes }: ResultLimits): BatchResult {
  const count = { bytes: 0 };
  const ending = { isVisible: false };
  const bytes = readResult(body.stream, { maxBytes, declaredBytes: body.declaredBytes }, count);
  return {
    artifacts: read(splitArtifacts(bytes, maxArtifactBytes, ending)),
    bytesRead: () => count.bytes,
    isEndCertain: () => !body.endIsUnmarked || ending.isVisible,
    rest: () => undefined,
  };
}

async function* read(artifacts: ReturnType<typeof splitArtifacts>): AsyncGenerator<Artifact> {
  for await (const { bytes, oversize } of artifacts) {
    yield oversize ? { ok: false, interactionId: findInteractionId(bytes) } : readArtifact(bytes);
  }
}
