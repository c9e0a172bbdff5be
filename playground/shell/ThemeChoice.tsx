import { type ReactNode, useState } from 'react';
import { Choice } from '../components/Choice.tsx';
import { chooseTheme, readTheme, type Theme } from './theme.ts';

const themes: ReadonlyArray<{ readonly value: Theme; readonly word: string }> = [
  { value: 'auto', word: 'Auto' },
  { value: 'light', word: 'Light' },
  { value: 'dark', word: 'Dark' },
];

export function ThemeChoice(): ReactNode {
  const [theme, setTheme] = useState(readTheme);
  const change = (chosen: Theme): void => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <div className="theme">
      <Choice legend="Theme" legendPlace="hidden" size="small" options={themes} value={theme} onChange={change} />
    </div>
  );
}
