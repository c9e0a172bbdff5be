import { type ReactNode, useEffect, useState } from 'react';
import { useCancelable } from 'use-cancelable';
import { Lead } from '../components/Lead.tsx';
import { createOperationStore } from '../operations/createOperationStore.ts';
import { FileListProblem } from './transfer/FileListProblem.tsx';
import { listFiles } from './transfer/listFiles.ts';
import type { PartialFile } from './transfer/PartialFile.ts';
import { defaultSettings, forecast } from './transfer/settings.ts';
import { type Order, transfer } from './transfer/transfer.ts';
import { TransferSettings } from './transfer/TransferSettings.tsx';
import { TransferState } from './transfer/TransferState.tsx';

// Outside of the page: whoever comes back finds what the last transfer has left, and can go on from there.
const operations = createOperationStore();

export function TransferPage(): ReactNode {
  const [settings, setSettings] = useState(defaultSettings);

  // Two tasks of this page. It renders when one starts or ends, not for progress: that is for those who show it.
  const {
    data: files = [],
    error,
    settle: loadFiles,
  } = useCancelable(listFiles, { name: 'List of files', policy: 'drop' });
  const { isRunning, settle, cancel } = useCancelable(
    (op, order: Order) => {
      operations.add(op);
      return transfer(op, order);
    },
    { name: 'Transfer', timeout: settings.timeout },
  );

  useEffect(() => {
    void loadFiles();
  }, [loadFiles]);

  const start = (from?: PartialFile): void => {
    operations.clear();
    // `settle` never rejects: how it ended is shown below, and nobody has to catch it.
    void settle({ name: from?.name ?? settings.file, rate: settings.rate, from });
  };

  return (
    <>
      <Lead title="Transfer">
        Downloads a real file and computes its SHA-256 on the way, in a worker. Leave this page and everything on it
        stops, down to the server.
      </Lead>
      <section className="card" aria-label="Transfer">
        <TransferSettings files={files} settings={settings} onChange={setSettings} isLocked={isRunning} />
        {error !== undefined && <FileListProblem error={error} onRetry={loadFiles} />}
        <TransferState
          operations={operations}
          forecast={forecast(settings, files)}
          onStart={start}
          onCancel={cancel}
          onDiscard={operations.clear}
        />
      </section>
    </>
  );
}
