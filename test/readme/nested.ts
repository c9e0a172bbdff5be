import { Cancelable } from 'use-cancelable/core';

type Read = (op: Cancelable) => Promise<string[]>;
type Write = (op: Cancelable, rows: readonly string[]) => Promise<number>;

export function importRows(read: Read, write: Write) {
  const op = new Cancelable({ name: 'import', timeout: { minutes: 2 } });
  op.onProgress((_id, message, metadata) => console.log(message, metadata.progress));
  return op.run(async (op) => {
    const rows = await op.child({ name: 'read', weight: 1 }).run(read);
    return await op.child({ name: 'write', weight: 3, timeout: 30_000 }).run((op) => write(op, rows));
  });
}
