import type { ReactNode } from 'react';

/** Names and values beside a figure. */
export function Facts({
  facts,
  className = 'facts',
}: {
  readonly facts: Record<string, ReactNode>;
  readonly className?: string;
}): ReactNode {
  return (
    <dl className={`${className} tabular`}>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
