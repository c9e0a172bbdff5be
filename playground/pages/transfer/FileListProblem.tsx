import type { ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { messageOf } from '../../words/messageOf.ts';

interface FileListProblemProps {
  readonly error: unknown;
  readonly onRetry: () => unknown;
}

export function FileListProblem({ error, onRetry }: FileListProblemProps): ReactNode {
  return (
    <div className="row actions" role="alert">
      <Chip look="failed" why={messageOf(error)}>
        The list of files could not be read
      </Chip>
      <Button onClick={() => void onRetry()}>Read it again</Button>
    </div>
  );
}
