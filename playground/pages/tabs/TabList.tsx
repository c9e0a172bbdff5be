import type { KeyboardEvent, ReactNode } from 'react';
import { StatusIcon } from '../../components/StatusIcon.tsx';
import type { Look } from '../../components/look.ts';

export interface Tab {
  readonly id: string;
  readonly word: string;
  readonly look: Look;
}

interface TabListProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly current: string;
  readonly onChange: (id: string) => void;
}

/** Tabs as the ARIA Authoring Practices have them: arrows, Home and End move, and what has the focus is shown. */
export function TabList({ label, tabs, current, onChange }: TabListProps): ReactNode {
  const press = (event: KeyboardEvent): void => {
    const index = tabs.findIndex(({ id }) => id === current);
    const targets: Record<string, number> = {
      ArrowRight: (index + 1) % tabs.length,
      ArrowLeft: (index + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const target = tabs[targets[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    onChange(target.id);
    document.getElementById(`tab-${target.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="tablist">
      {tabs.map(({ id, word, look }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-controls={`panel-${id}`}
          aria-selected={id === current}
          tabIndex={id === current ? 0 : -1}
          onClick={() => onChange(id)}
          onKeyDown={press}
        >
          <StatusIcon look={look} />
          {word}
        </button>
      ))}
    </div>
  );
}
