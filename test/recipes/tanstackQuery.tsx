import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { Cancelable, isCancelation, ProgressBar } from 'use-cancelable';
import { createFetch } from 'use-cancelable/fetch';

const fetchFile = createFetch({ throwHttpErrors: true });

async function load(op: Cancelable, url: string) {
  const response = await fetchFile(url);
  return await op.wait(response.blob());
}

const operationOf = (url: string) => queryOptions<Cancelable>({ queryKey: ['operation', url], queryFn: skipToken });

export const fileOf = (url: string) =>
  queryOptions({
    queryKey: ['file', url],
    queryFn: ({ signal, client }) => {
      const op = Cancelable.withSignal(signal, { name: 'file', timeout: 60_000, parent: null });
      client.setQueryData(operationOf(url).queryKey, op); // for who shows how far it is
      return op.run((op) => load(op, url));
    },
    retry: (count, error) => !isCancelation(error) && count < 3,
  });

export function File({ url }: { url: string }) {
  const client = useQueryClient();
  const { data, error, isFetching } = useQuery(fileOf(url));
  const { data: operation = null } = useQuery(operationOf(url));
  return (
    <>
      <ProgressBar of={operation} aria-label="File" />
      <button onClick={() => void client.cancelQueries(fileOf(url))} disabled={!isFetching}>
        Cancel
      </button>
      <p>{error?.message ?? (data && `${data.size} bytes`)}</p>
    </>
  );
}
