import type { ReactNode } from 'react';
import { Choice } from '../../components/Choice.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { FileEntry } from '../../server/contract.ts';
import { formatBytes } from '../../words/format.ts';
import { describe, missing, rates, type Settings, timeouts } from './settings.ts';

interface TransferSettingsProps {
  readonly files: readonly FileEntry[];
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
  /** While a transfer runs; on phones one line of text is left of it. */
  readonly isLocked: boolean;
}

export function TransferSettings({ files, settings, onChange, isLocked }: TransferSettingsProps): ReactNode {
  const change = (part: Partial<Settings>): void => onChange({ ...settings, ...part });
  return (
    <div className={isLocked ? 'locked-box' : undefined}>
      <fieldset disabled={isLocked} className={isLocked ? 'locked' : undefined}>
        <legend className="visually-hidden">Transfer settings</legend>
        {isLocked && <p className="summary">{describe(settings, files)}</p>}
        <div className="fields">
          <label className="field">
            <span>File</span>
            <select value={settings.file} onChange={(event) => change({ file: event.currentTarget.value })}>
              {files.length === 0 && <option value={settings.file}>{settings.file}</option>}
              {files.map((file) => (
                <option key={file.name} value={file.name} title={file.title}>
                  {`${file.name} · ${formatBytes(file.size)}`}
                </option>
              ))}
              <option value={missing.name}>{missing.title}</option>
            </select>
            <Icon name="down" />
          </label>
          <Choice legend="Speed" options={rates} value={settings.rate} onChange={(rate) => change({ rate })} />
          <Choice
            legend="Timeout"
            options={timeouts}
            value={settings.timeout}
            onChange={(timeout) => change({ timeout })}
          />
        </div>
      </fieldset>
    </div>
  );
}
