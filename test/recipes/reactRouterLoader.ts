import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router';
import { Cancelable } from 'use-cancelable/core';

export function loadFile({ request, params }: LoaderFunctionArgs) {
  const { search } = new URL(request.url);
  return Cancelable.withSignal(request.signal, { name: 'file', parent: null }).run(async (op) => {
    const response = await op.wait(fetch(`/api/files/${params['name']}${search}`, { signal: op.signal }));
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return await op.wait(response.text());
  });
}

export function saveNote({ request }: ActionFunctionArgs) {
  const { search } = new URL(request.url);
  return Cancelable.withSignal(request.signal, { name: 'save', parent: null }).run(async (op) => {
    const body = await op.wait(request.formData());
    const response = await op.wait(fetch(`/api/uploads${search}`, { method: 'POST', body, signal: op.signal }));
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return 'Saved';
  });
}
