import { ProgressBar, useCancelable } from 'use-cancelable';
import { download, isPartialDownload, type DownloadedPart } from 'use-cancelable/fetch';

export function Report({ url }: { url: string }) {
  const report = useCancelable((_op, resume?: DownloadedPart) => download(url, { resume }));
  const { run, cancel, isRunning, isCompleted, partialResult } = report;
  const rest = !isCompleted && isPartialDownload(partialResult) ? partialResult : undefined;
  return (
    <>
      <button disabled={isRunning} onClick={() => void run(rest)}>
        {rest === undefined ? 'Download' : 'Continue'}
      </button>
      <button disabled={!isRunning} onClick={() => cancel('Stopped')}>
        Stop
      </button>
      <ProgressBar of={report} aria-label="Report" />
      <p>{report.isCompleted ? `${report.data.blob.size} bytes, all of it` : `${rest?.received ?? 0} bytes kept`}</p>
    </>
  );
}
