import type { Policy } from 'use-cancelable';

export const policyWords: ReadonlyArray<{ readonly value: Policy; readonly word: string; readonly does: string }> = [
  {
    value: 'restart',
    word: 'restart',
    does: 'The newest wins: the oldest that runs is canceled. For a search as you type.',
  },
  {
    value: 'drop',
    word: 'drop',
    does: 'The newest does not start while one is on. For a button that must not send twice.',
  },
  { value: 'enqueue', word: 'enqueue', does: 'Each waits for its turn. For writes whose order counts.' },
  { value: 'keepLatest', word: 'keepLatest', does: 'Only the newest waits. For a document that goes on changing.' },
  { value: 'parallel', word: 'parallel', does: 'All run, up to the limit; the rest waits. For uploads.' },
];
