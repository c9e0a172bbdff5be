import { useCancelableAction, useCancelableEffect, useShared, type Cancelable } from 'use-cancelable';

async function send(op: Cancelable, url: string, options?: RequestInit) {
  const response = await op.wait(fetch(url, { ...options, signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return await op.wait(response.text());
}

/** Twenty of them load once; the request is canceled when the last of them has left. */
export function Name({ id }: { id: number }) {
  const { data = '…' } = useShared(['name', id], (op) => send(op, `/users/${id}/name`));
  return <b>{data}</b>;
}

/** A new id supersedes the request for the old one, whose answer never shows. */
export function Biography({ id }: { id: number }) {
  const { data = '…' } = useCancelableEffect((op) => send(op, `/users/${id}/text`), [id]);
  return <p>{data}</p>;
}

/** A form Action: `stop` settles it with the name as it was. React 19. */
export function Rename({ id, name }: { id: number; name: string }) {
  const [saved, save, isPending, stop] = useCancelableAction(
    (op, _before: string, form: FormData) => send(op, `/users/${id}/name`, { method: 'PUT', body: form }),
    name,
  );
  return (
    <form action={save}>
      <input name="name" aria-label="Name" defaultValue={saved} />
      <button disabled={isPending}>Save</button>
      <button type="button" disabled={!isPending} onClick={stop}>
        Stop
      </button>
    </form>
  );
}
