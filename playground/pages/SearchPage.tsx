import { type ReactNode, useState } from 'react';
import { useCancelable } from 'use-cancelable';
import { Lead } from '../components/Lead.tsx';
import { createOperationStore } from '../operations/createOperationStore.ts';
import { beginsNewBurst } from './search/burst.ts';
import { Fates } from './search/Fates.tsx';
import { NewestAnswer } from './search/NewestAnswer.tsx';
import { search } from './search/search.ts';
import { SearchBox } from './search/SearchBox.tsx';

export function SearchPage(): ReactNode {
  const [query, setQuery] = useState('');
  const [operations] = useState(createOperationStore);

  // One task for all keystrokes. With `restart` the newest run wins: it cancels the one before, so no stale answer shows.
  const searching = useCancelable(
    (op, text: string) => {
      op.context.metadata['query'] = text;
      operations.add(op);
      return search(op, text);
    },
    { name: 'Search', policy: 'restart', timeout: 10_000 },
  );
  const { isRunning, settle, cancel, reset } = searching;

  const change = (text: string): void => {
    if (query === '' || beginsNewBurst(operations.getSnapshot())) operations.clear();
    setQuery(text);
    if (text.trim() !== '') {
      void settle(text);
    } else {
      cancel();
      reset();
    }
  };

  return (
    <>
      <Lead title="Search as you type">
        Every keystroke starts a slow search on the server. The newest wins: older ones are stopped there, not merely
        ignored here.
      </Lead>
      <section className="card" aria-label="Search">
        <SearchBox query={query} onChange={change} onEscape={isRunning ? () => cancel('you pressed Esc') : undefined} />
        <Fates operations={operations} />
        <NewestAnswer task={searching} />
      </section>
    </>
  );
}
