import { ProgressBar, useCancelable } from 'use-cancelable';
import { download, isPartialDownload, type DownloadedPart } from 'use-cancelable/fetch';

export function Report({ url }: { url: string }) {
  const report = useCancelable((_op, resume?: DownloadedPart) => download(url, { resume }));
  const { run, cancel, data, isRunning, partialResult } = report;
  const rest = isPartialDownload(partialResult) ? partialResult : undefined;
  return (
    <>
      <button disabled={isRunning} onClick={() => void run(rest)}>
        {rest === undefined ? 'Download' : 'Continue'}
      </button>
      <button disabled={!isRunning} onClick={() => cancel('Stopped')}>
        Stop
      </button>
      <ProgressBar of={report} aria-label="Report" />
      <p>{data === undefined ? `${rest?.received ?? 0} bytes kept` : `${data.blob.size} bytes, all of it`}</p>
    </>
  );
}
