import { useEffect } from 'react';
import { registry, useIsBusy, useOperations } from 'use-cancelable';

export function Operations() {
  const operations = useOperations({ status: ['running', 'shielded'] });
  useEffect(() => registry.observe(), []);
  return (
    <section aria-busy={useIsBusy()}>
      {operations.map(({ id, name, status }) => (
        <p key={id}>
          {name}: {status} <button onClick={() => registry.cancel(id)}>Cancel</button>
        </p>
      ))}
      <button onClick={() => registry.cancelAll({ status: 'running' }, 'Stopped by hand')}>Cancel all</button>
    </section>
  );
}
