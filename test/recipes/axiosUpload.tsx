import axios from 'axios';
import { ProgressBar, useCancelable, type Cancelable } from 'use-cancelable';

export async function upload(op: Cancelable, url: string, file: Blob) {
  const { data } = await op.wait(
    axios.post<{ received: number }>(url, file, {
      signal: op.signal,
      onUploadProgress: ({ loaded, total }) => op.report('Uploading', { current: loaded, total }),
    }),
  );
  return data.received;
}

export function Upload({ url }: { url: string }) {
  const task = useCancelable(upload, { name: 'upload' });
  const { settle, cancel, isRunning, data, error, message } = task;
  return (
    <>
      <input
        type="file"
        aria-label="File"
        onChange={({ target: { files } }) => {
          if (files?.[0] !== undefined) void settle(url, files[0]);
        }}
      />
      <ProgressBar of={task} aria-label="Upload" />
      <button onClick={cancel} disabled={!isRunning}>
        Cancel
      </button>
      <p>{error instanceof Error ? error.message : (message ?? (data && `${data} bytes`))}</p>
    </>
  );
}
