import { useReducer, useRef, useState, type ReactNode } from 'react';
import { useCancelable, type Policy } from 'use-cancelable';
import { Button } from '../components/Button.tsx';
import { Choice } from '../components/Choice.tsx';
import { Lead } from '../components/Lead.tsx';
import { TryIt } from '../components/TryIt.tsx';
import { request } from '../requests/request.ts';
import { Lanes } from './policies/Lanes.tsx';
import { policyWords } from './policies/policyWords.ts';
import { followRuns } from './policies/runs.ts';

const limits = [1, 2, 3].map((value) => ({ value, word: String(value) }));
/** The server takes 40 steps of this many milliseconds. */
const pace = 50;
/** Between the runs of “Start five”, in milliseconds. */
const hurry = 250;

export function PoliciesPage(): ReactNode {
  const [policy, setPolicy] = useState<Policy>('restart');
  const [maxConcurrency, setMaxConcurrency] = useState(1);
  const [runs, follow] = useReducer(followRuns, []);
  const numbers = useRef(0);

  const task = useCancelable(
    async (op, number: number) => {
      follow({ type: 'started', number, at: Date.now() });
      await request(op, `/api/links?part=${((number - 1) % 6) + 1}&parts=6&delay=${pace}`, (answer) => answer.text());
    },
    { name: 'Run', policy, maxConcurrency, register: true },
  );
  const { settle, cancel, isRunning, queued } = task;

  const start = (): void => {
    const number = (numbers.current += 1);
    follow({ type: 'asked', number, at: Date.now() });
    void settle(number).then((outcome) => follow({ type: 'ended', number, at: Date.now(), outcome }));
  };

  // The clicks of a hasty user, who leaves with the page.
  const { run: startFive } = useCancelable(async (op) => {
    for (let count = 0; count < 5; count += 1) {
      start();
      await op.sleep(hurry);
    }
  });

  const clear = (): void => {
    numbers.current = 0;
    follow({ type: 'cleared' });
  };
  const running = runs.filter(({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined).length;

  return (
    <>
      <Lead title="Policies">
        What becomes of a run that is asked for while another is on? The policy says so; the server log shows that it is
        meant.
      </Lead>
      <section className="card" aria-label="Policies">
        <div className="stack">
          <Choice
            legend="Policy"
            options={policyWords}
            value={policy}
            onChange={setPolicy}
            disabled={isRunning || queued > 0}
          />
          <p className="quiet">{policyWords.find(({ value }) => value === policy)?.does}</p>
          <div className="row actions">
            <Button kind="primary" onClick={start}>
              Start a run
            </Button>
            <Button onClick={() => void startFive()}>Start five</Button>
            <Button kind="stop" onClick={cancel} disabled={!isRunning && queued === 0}>
              Cancel all
            </Button>
            <Choice
              legend="At once"
              legendPlace="inline"
              size="small"
              options={limits}
              value={maxConcurrency}
              onChange={setMaxConcurrency}
              disabled={isRunning || queued > 0}
            />
          </div>
        </div>
        {runs.length === 0 ? (
          <TryIt>Start five, and watch what becomes of each. Then choose another policy and start five again.</TryIt>
        ) : (
          <div>
            <div className="head">
              <h2>Fate of each run</h2>
              <output className="tabular quiet">
                {running} running, {queued} waiting
              </output>
              {!isRunning && queued === 0 && (
                <Button kind="plain" onClick={clear}>
                  Clear
                </Button>
              )}
            </div>
            <Lanes runs={runs.slice(-10)} />
          </div>
        )}
      </section>
    </>
  );
}
