import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Button } from '../../components/Button.tsx';

interface QuestionFormProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onAsk: (question: string) => void;
  /** Undefined while there is nothing to stop. */
  readonly onStop: ((message?: string) => void) | undefined;
  /** Undefined while there is nothing to go on with. */
  readonly onContinue: (() => void) | undefined;
}

/** Enter asks and Escape stops. Stop and Continue are one button, whatever it says, so it keeps the focus. */
export function QuestionForm({ field, onAsk, onStop, onContinue }: QuestionFormProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  const isIdle = onStop === undefined && onContinue === undefined;

  useEffect(() => {
    if (onStop === undefined) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing) onStop('you pressed Esc');
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onStop]);

  useEffect(() => {
    // A button that can do nothing any more would keep the focus to no use.
    if (isIdle && document.activeElement === button.current) field.current?.focus();
  }, [isIdle, field]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const question = field.current?.value.trim() ?? '';
    if (question !== '') onAsk(question);
  };

  return (
    <form className="ask" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="question">
        Question
      </label>
      <div className="search-box">
        <input
          ref={field}
          id="question"
          type="text"
          maxLength={500}
          placeholder="Ask about cancelation"
          autoComplete="off"
          aria-describedby="keys"
        />
        <kbd aria-hidden="true">Esc</kbd>
        <span id="keys" className="visually-hidden">
          Enter asks, Escape stops the answer.
        </span>
      </div>
      <Button kind="primary" type="submit">
        Ask
      </Button>
      <Button
        ref={button}
        kind={onContinue === undefined ? 'stop' : 'normal'}
        onClick={() => (onContinue ?? onStop)?.()}
        disabled={isIdle}
      >
        {onContinue === undefined ? 'Stop' : 'Continue'}
      </Button>
    </form>
  );
}
