import type { Cancelable } from 'use-cancelable';
import { type OperationView, viewOf } from '../../operations/view.ts';
import { type Answer, answerOf, noAnswer } from './answer.ts';

/** A question, and what has become of its answer. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  /** The newest run, as it was when it began or, once it has ended, at its end. */
  readonly run: OperationView;
  /** What was there when the newest run began or, once that has ended, at its end. */
  readonly answer: Answer;
}

export type Conversation = ReturnType<typeof createConversation>;

/** Turns in their order. It knows their operations by public callbacks, and of each end in the moment when it comes. */
export function createConversation() {
  const listeners = new Set<() => void>();
  let turns: readonly Turn[] = [];

  const publish = (next: readonly Turn[]): void => {
    turns = next;
    for (const listener of listeners) listener();
  };

  return {
    /** Takes in an operation that begins to answer: a new question, or one that it goes on with. */
    follow(op: Cancelable, question: string, former?: Turn): void {
      const id = former?.id ?? (turns.at(-1)?.id ?? 0) + 1;
      const turn: Turn = { id, question, run: viewOf(op, undefined, 0), answer: former?.answer ?? noAnswer };
      const isNew = turns.every((other) => other.id !== id);
      publish(isNew ? [...turns, turn] : turns.map((other) => (other.id === id ? turn : other)));
      const end = (): void => {
        const ended = { ...turn, run: viewOf(op, undefined, 0), answer: answerOf(op) };
        publish(turns.map((other) => (other === turn ? ended : other)));
      };
      op.onComplete(end).onCancel(end).onError(end);
    },
    clear: (): void => publish([]),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: (): readonly Turn[] => turns,
  };
}

export function isAnswering({ run }: Turn): boolean {
  return run.endTime === undefined;
}

/** True when there is more of the answer to be had. */
export function canContinue(turn: Turn): boolean {
  return !isAnswering(turn) && turn.run.status !== 'completed';
}
