import type { CancelRequest, CustomSource, SourceLifetime } from 'use-cancelable/core';

/** A source that the test fires, and that counts its starts and stops. */
export function createSource(): {
  source: CustomSource;
  fire: (cause?: string | CancelRequest) => void;
  starts: () => number;
  stops: () => number;
  lifetime: () => SourceLifetime;
} {
  const started: Array<{ fire: (cause?: string | CancelRequest) => void; lifetime: SourceLifetime }> = [];
  let stopCount = 0;
  const source: CustomSource = {
    start(fire, lifetime) {
      started.push({ fire, lifetime });
      return () => {
        stopCount += 1;
      };
    },
  };
  return {
    source,
    fire: (cause) => started.at(-1)!.fire(cause),
    starts: () => started.length,
    stops: () => stopCount,
    lifetime: () => started.at(-1)!.lifetime,
  };
}
