const mostWaiting = 100;

/** Words of the page that came before the request they belong to. Bounded: beyond 100 the oldest is forgotten. */
export function createWaitingReasons() {
  const waiting = new Map<string, string>();
  return {
    keep(requestId: string, reason: string): void {
      waiting.delete(requestId);
      waiting.set(requestId, reason);
      for (const oldest of waiting.keys()) {
        if (waiting.size <= mostWaiting) break;
        waiting.delete(oldest);
      }
    },
    take(requestId: string): string | undefined {
      const reason = waiting.get(requestId);
      waiting.delete(requestId);
      return reason;
    },
  };
}
