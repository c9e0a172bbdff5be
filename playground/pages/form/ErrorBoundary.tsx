import { Component, type ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { messageOf } from '../../words/messageOf.ts';

interface ErrorBoundaryProps {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** Shows a failure in the place of what has failed. A cancelation never comes here. */
export class ErrorBoundary extends Component<
  ErrorBoundaryProps,
  { readonly failure: { readonly error: unknown } | undefined }
> {
  override readonly state: { readonly failure: { readonly error: unknown } | undefined } = { failure: undefined };

  static getDerivedStateFromError(error: unknown): { readonly failure: { readonly error: unknown } } {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    const retry = (): void => {
      this.props.onRetry();
      this.setState({ failure: undefined });
    };
    return (
      <div className="stack" role="alert">
        <div>
          <Chip look="failed" why={messageOf(failure.error)}>
            Failed
          </Chip>
        </div>
        <p>The notes that the server has are kept. What was on its way is not among them.</p>
        <div className="row actions">
          <Button kind="primary" onClick={retry}>
            Try again
          </Button>
        </div>
      </div>
    );
  }
}
