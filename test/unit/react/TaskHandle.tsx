import { useLayoutEffect, type ReactNode } from 'react';
import { useCancelable, type CancelableState, type UseCancelableOptions } from 'use-cancelable';

interface TaskHandleProps {
  readonly onTask: (task: CancelableState<unknown>) => void;
  readonly options?: UseCancelableOptions;
}

/** A component that has a task and shows nothing; the task is handed out after every render. */
export function TaskHandle({ onTask, options }: TaskHandleProps): ReactNode {
  const task = useCancelable(options);
  useLayoutEffect(() => {
    onTask(task);
  }, [onTask, task]);
  return null;
}
