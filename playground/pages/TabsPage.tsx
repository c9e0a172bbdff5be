import { Activity, useCallback, useState, type ReactNode } from 'react';
import type { OnHidden } from 'use-cancelable';
import { Choice } from '../components/Choice.tsx';
import { Lead } from '../components/Lead.tsx';
import type { Look } from '../components/look.ts';
import { TryIt } from '../components/TryIt.tsx';
import { TabList } from './tabs/TabList.tsx';
import { SharedTab, TextTab } from './tabs/TextTab.tsx';

const hiding: ReadonlyArray<{ readonly value: OnHidden; readonly word: string }> = [
  { value: 'cancel', word: 'cancel' },
  { value: 'keep', word: 'keep' },
];
const words = { one: 'Part 1', two: 'Part 2', shared: 'Shared' };
type Id = keyof typeof words;
const ids = Object.keys(words) as readonly Id[];

export function TabsPage(): ReactNode {
  const [current, setCurrent] = useState<Id>('one');
  const [onHidden, setOnHidden] = useState<OnHidden>('cancel');
  const [looks, setLooks] = useState<Readonly<Record<Id, Look>>>({ one: 'pending', two: 'pending', shared: 'pending' });
  const lookAt = useCallback((id: Id, look: Look) => setLooks((before) => ({ ...before, [id]: look })), []);
  const lookOne = useCallback((look: Look) => lookAt('one', look), [lookAt]);
  const lookTwo = useCallback((look: Look) => lookAt('two', look), [lookAt]);
  const lookShared = useCallback((look: Look) => lookAt('shared', look), [lookAt]);
  const contents: Record<Id, ReactNode> = {
    one: <TextTab part={1} onHidden={onHidden} onLook={lookOne} />,
    two: <TextTab part={2} onHidden={onHidden} onLook={lookTwo} />,
    shared: <SharedTab onHidden={onHidden} onLook={lookShared} />,
  };

  return (
    <>
      <Lead title="Tabs">
        Tabs kept alive by <code>&lt;Activity&gt;</code>. Work in a tab that is hidden is canceled, or goes on, as its
        boundary says.
      </Lead>
      <section className="card" aria-label="Tabs">
        <div className="row actions spread">
          <TabList
            label="Texts"
            tabs={ids.map((id) => ({ id, word: words[id], look: looks[id] }))}
            current={current}
            onChange={(id) => setCurrent(id as Id)}
          />
          <Choice
            legend="When a tab is hidden"
            legendPlace="inline"
            size="small"
            options={hiding}
            value={onHidden}
            onChange={setOnHidden}
          />
        </div>
        {ids.map((id) => (
          <div key={id} role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} hidden={id !== current}>
            <Activity mode={id === current ? 'visible' : 'hidden'}>
              <div className="stack">{contents[id]}</div>
            </Activity>
          </div>
        ))}
        <TryIt>
          Go to another tab while one loads, and look at the server log. Then choose “keep” and do it again.
        </TryIt>
      </section>
    </>
  );
}
