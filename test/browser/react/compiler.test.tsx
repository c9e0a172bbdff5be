import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { CancelableBoundary, useCancelable } from 'use-cancelable';

function Subject({ name }: { readonly name: string }): ReactNode {
  const { status } = useCancelable({ name });
  return <p>{status}</p>;
}

// The compiler keeps what it remembers in an array.
const remembers = (component: unknown): boolean => /\$\[0\]/.test(String(component));

describe('the React Compiler', () => {
  it('has compiled the components of these tests in the project that is named for it, and in no other', ({ task }) => {
    expect(remembers(Subject)).toBe(/^compiler\b/.test(task.file.projectName ?? ''));
  });

  it('leaves the library alone: it is tested as it is published', () => {
    expect(remembers(CancelableBoundary)).toBe(false);
  });
});
