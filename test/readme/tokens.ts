import { Cancelable, CancelationToken, LinkedCancelationToken } from 'use-cancelable/core';

export const session = new CancelationToken(); // session.cancel({ reason: 'signed out' }) ends all that hangs on it

export function openEditor() {
  const editor = new LinkedCancelationToken();
  editor.link(session, { preserveReason: true });
  const save = (draft: string) =>
    Cancelable.withToken(editor, { name: 'save' }).run((op) =>
      op.wait(fetch('/drafts', { method: 'POST', body: draft, signal: op.signal })),
    );
  return { save, close: () => editor.cancel('The editor was closed') };
}
