import { isAbortSignal } from '../base/checks.js';
import { reportError } from '../base/reportError.js';
import type { SourceRequest } from '../operation/request.js';
import { checkSources, startSource, toRequest } from '../operation/sources.js';
import type { CustomSource, Reason, Source } from '../operation/types.js';
import { toStartable } from './fromSignal.js';
import type { NamedSource } from './namedSource.js';

/**
 * A source that is made of others.
 *
 * @example
 * const ends: Combination = anyOf(timeout(5000), offline());
 * const op = new Cancelable({ sources: [ends] });
 * op.onCancel(() => console.log(String(ends), ends.triggered));
 */
export interface Combination extends NamedSource {
  /** Its members, each once. */
  readonly sources: readonly Source[];
  /** The reason of its members, separated by commas if they differ; the operation's will be that of the last that fired. */
  readonly reason: Reason;
  /**
   * The members that have fired, in order. Every start counts for itself and this shows the newest one; it stays after the
   * end. Where one combination serves several operations at once, what each was canceled by is in its own error.
   */
  readonly triggered: readonly Source[];
}

/** What a combination says when a member has fired; undefined: nothing yet. */
type Answer = (requests: readonly SourceRequest[], fired: Source) => SourceRequest | undefined;

/** @param isTolerant - Members that throw on start are reported and done without, unless all do. */
export function createCombination(
  name: string,
  given: readonly Source[],
  isTolerant: boolean,
  createAnswer: (count: number) => Answer,
): Combination {
  if (given.length === 0) throw new RangeError(`${name}: At least one source is required`);
  checkSources(name, given);
  const sources = [...new Set(given)];
  const answer = createAnswer(sources.length);
  let newest: readonly Source[] = [];
  return {
    name,
    sources,
    get reason() {
      return [...new Set(sources.map(reasonOf))].join(', ');
    },
    get triggered() {
      return [...newest];
    },
    toString() {
      return `${name}(${sources.map(nameOf).join(', ')}) (${this.reason})`;
    },
    start(fire) {
      const triggered: Source[] = [];
      const requests: SourceRequest[] = [];
      const stops: Array<() => void> = [];
      const failures: unknown[] = [];
      let decided = false;
      const stop = (): void => {
        for (const stopMember of stops) stopMember();
      };
      newest = triggered;
      for (const source of sources) {
        if (decided) break;
        let stopMember: (() => void) | undefined;
        let fired = false;
        try {
          stopMember = startSource(toStartable(source), (cause) => {
            if (decided || fired) return;
            const request = toRequest(cause);
            fired = true;
            triggered.push(source);
            requests.push(request);
            const decision = answer(requests, source);
            decided = decision !== undefined;
            if (decided) fire(decision);
            else stopMember?.(); // latched: it is needed no more
          });
        } catch (error) {
          if (!isTolerant) {
            stop();
            throw error;
          }
          failures.push(error);
          continue;
        }
        if (fired) stopMember();
        stops.push(stopMember);
      }
      if (failures.length === sources.length) throw new AggregateError(failures, `${name}: no source could be started`);
      for (const failure of failures) reportError(failure);
      return stop;
    },
  };
}

/** The name of a source; of one by a user: its own, else that of its class. */
export function nameOf(source: Source): string {
  if (isAbortSignal(source)) return 'signal';
  const { name, constructor } = source as { name?: unknown; constructor?: { name?: unknown } };
  const found = typeof name === 'string' ? name : constructor === Object ? '' : constructor?.name;
  return typeof found === 'string' && found !== '' ? found : 'source';
}

function reasonOf(source: Source): Reason {
  if (isAbortSignal(source)) return 'signal';
  const { reason } = source as CustomSource & { reason?: unknown };
  return typeof reason === 'string' ? reason : 'condition';
}
