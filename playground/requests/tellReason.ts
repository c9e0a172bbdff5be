import type { ReasonNote } from '../server/contract.ts';

/** Sends the page's word to the server's log. A beacon also arrives when the whole page is closed. */
export function tellReason(requestId: string, reason: string): void {
  const note: ReasonNote = { requestId, reason };
  navigator.sendBeacon('/api/log/reason', JSON.stringify(note));
}
