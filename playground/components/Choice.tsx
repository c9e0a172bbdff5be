import { type ReactNode, useId } from 'react';

interface ChoiceProps<Value> {
  readonly legend: string;
  readonly options: ReadonlyArray<{ readonly value: Value; readonly word: string }>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** `hidden`: for screen readers only. `inline`: on the line of the options. */
  readonly legendPlace?: 'above' | 'inline' | 'hidden';
  readonly size?: 'small';
  readonly disabled?: boolean;
}

/** One of a few, all in sight: radio buttons drawn as one control. */
export function Choice<Value>(props: ChoiceProps<Value>): ReactNode {
  const { legend, options, value, onChange, legendPlace = 'above', size = '', disabled = false } = props;
  const name = useId();
  return (
    <fieldset disabled={disabled} className={legendPlace === 'inline' ? 'inline' : undefined}>
      <legend className={legendPlace === 'hidden' ? 'visually-hidden' : undefined}>{legend}</legend>
      <div className={`choice ${size}`}>
        {options.map((option) => (
          <label key={option.word}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span data-word={option.word}>{option.word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
