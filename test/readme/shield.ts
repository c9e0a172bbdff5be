import type { Cancelable } from 'use-cancelable/core';

export async function publish(op: Cancelable, draft: string) {
  await op.wait(fetch('/lock', { method: 'PUT', signal: op.signal }));
  try {
    await op.wait(fetch('/published', { method: 'PUT', body: draft, signal: op.signal }));
  } finally {
    await op.shield((op) => op.wait(fetch('/lock', { method: 'DELETE', signal: op.signal })), { timeout: 5000 });
  }
}
