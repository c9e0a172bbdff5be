import { useMutation, useQuery } from '@tanstack/react-query';
import { isCancelation, useCancelable, type Cancelable } from 'use-cancelable';

async function save(op: Cancelable, url: string, text: string) {
  const response = await op.wait(fetch(url, { method: 'POST', body: text, signal: op.signal }));
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
}

export function Note({ url, saveTo }: { url: string; saveTo: string }) {
  const queryKey = ['note', url];
  const { data: note } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => await (await fetch(url, { signal })).text(),
  });
  const { run, cancel, isRunning } = useCancelable(save, { name: 'save', timeout: 30_000 });
  const { mutate, error } = useMutation({
    mutationFn: (text: string) => run(saveTo, text),
    onMutate: async (text, { client }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<string>(queryKey);
      client.setQueryData(queryKey, text);
      return { before };
    },
    onError: (_error, _text, result, { client }) => void client.setQueryData(queryKey, result?.before),
    onSettled: (_saved, _error, _text, _result, { client }) => client.invalidateQueries({ queryKey }),
  });
  return (
    <>
      <pre>{note}</pre>
      <button onClick={() => mutate('A new note')} disabled={isRunning}>
        Save
      </button>
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <p>{error && !isCancelation(error) && error.message}</p>
    </>
  );
}
