import { useEffect, useSyncExternalStore } from 'react';
import { registry } from 'use-cancelable';

export function Operations() {
  const operations = useSyncExternalStore(registry.subscribe, registry.getSnapshot, registry.getSnapshot);
  useEffect(() => registry.observe(), []);
  return (
    <>
      {operations.map(({ id, name, status }) => (
        <p key={id}>
          {name}: {status} <button onClick={() => registry.cancel(id)}>Cancel</button>
        </p>
      ))}
      <button onClick={() => registry.cancelAll({ status: 'running' }, 'Stopped by hand')}>Cancel all</button>
    </>
  );
}
