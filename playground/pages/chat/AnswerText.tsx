import type { ReactNode } from 'react';

/** The paragraphs of an answer. While it is on its way, a block stands where the next word will. */
export function AnswerText({ text, isOpen = false }: { readonly text: string; readonly isOpen?: boolean }): ReactNode {
  const paragraphs = text.split('\n\n');
  return paragraphs.map((paragraph, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- paragraphs are only ever added at the end
    <p key={index}>
      {paragraph}
      {isOpen && index === paragraphs.length - 1 && <i className="caret" aria-hidden="true" />}
    </p>
  ));
}
