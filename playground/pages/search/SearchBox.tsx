import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from '../../components/Icon.tsx';

interface SearchBoxProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  /** Undefined while there is nothing to stop: then Escape does what browsers do, and empties the field. */
  readonly onEscape: (() => void) | undefined;
}

export function SearchBox({ query, onChange, onEscape }: SearchBoxProps): ReactNode {
  const pressKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || onEscape === undefined) return;
    event.preventDefault();
    onEscape();
  };
  return (
    <div>
      <label className="visually-hidden" htmlFor="query">
        Search the license text
      </label>
      <div className="search-box">
        <Icon name="search" />
        <input
          id="query"
          type="search"
          value={query}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={pressKey}
          placeholder="Type a word, quickly"
          autoComplete="off"
          spellCheck={false}
          aria-describedby="escape"
        />
        <kbd aria-hidden="true">Esc</kbd>
        <span id="escape" className="visually-hidden">
          Escape stops the search.
        </span>
      </div>
    </div>
  );
}
