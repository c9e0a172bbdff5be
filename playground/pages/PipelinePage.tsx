import { type ReactNode, useState } from 'react';
import { useCancelable } from 'use-cancelable';
import { Button } from '../components/Button.tsx';
import { Choice } from '../components/Choice.tsx';
import { Lead } from '../components/Lead.tsx';
import { Switch } from '../components/Switch.tsx';
import { OperationTree } from '../components/tree/OperationTree.tsx';
import { createOperationStore } from '../operations/createOperationStore.ts';
import { budgets, defaultBudget } from './pipeline/budgets.ts';
import { PipelineHint } from './pipeline/PipelineHint.tsx';
import { PipelineState } from './pipeline/PipelineState.tsx';
import { pipeline, type PipelineOptions } from './pipeline/pipeline.ts';

export function PipelinePage(): ReactNode {
  const [failsLinks, setFailsLinks] = useState(false);
  const [budget, setBudget] = useState(defaultBudget);
  const [operations] = useState(createOperationStore);

  const { status, isRunning, data, settle, cancel } = useCancelable(
    (op, options: PipelineOptions) => {
      operations.add(op);
      return pipeline(op, options);
    },
    { name: 'Pipeline', timeout: budget },
  );

  const start = (): void => {
    operations.clear();
    // `settle` never rejects: how it ended is shown below, and nobody has to catch it.
    void settle({ failsLinks });
  };

  return (
    <>
      <Lead title="Pipeline">
        Nested steps share one budget. Each step may have a tighter one. When the budget is gone, or you leave, the
        whole tree stops from the top.
      </Lead>
      <section className="card" aria-label="Pipeline">
        <div className="progress">
          <div className="row actions controls">
            <div className="row actions">
              {isRunning ? (
                <Button kind="stop" onClick={() => cancel()}>
                  Cancel all
                </Button>
              ) : (
                <Button kind="primary" onClick={start}>
                  {status === 'idle' ? 'Run pipeline' : 'Run again'}
                </Button>
              )}
              <Switch checked={failsLinks} onChange={setFailsLinks}>
                Make “Check links” fail
              </Switch>
            </div>
            <Choice
              legend="Budget"
              legendPlace="inline"
              size="small"
              options={budgets}
              value={budget}
              onChange={setBudget}
            />
          </div>
          <PipelineState operations={operations} report={data} />
        </div>
        {status !== 'idle' && (
          <div className="tree-box">
            <OperationTree operations={operations} />
          </div>
        )}
        <PipelineHint status={status} failsLinks={failsLinks} />
      </section>
    </>
  );
}
