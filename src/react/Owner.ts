import { job } from '../base/jobs.js';

/** Why the work of a component ends with it. */
export type Departure = 'unmount' | 'hidden';

// The checks of one commit run together in one job, outermost first, so that the outermost gives the reason and what is
// below it says `parent`. In StrictMode and Fast Refresh a job runs after the last set-up, so one is enough to tell a
// replay from a removal.
let due: Owner[] = [];

/**
 * What a component owns, as far as its life goes: a plain object, made in render without any effect. It finds out whether
 * the component was deleted or hidden:
 *
 * - deleted: an insertion effect was cleaned up, and that still stands one job later;
 * - hidden (`<Activity>`): a passive effect was cleaned up without an insertion effect;
 * - shown: a layout effect was set up. The cleanup of a layout effect says nothing: a visible tree that suspends again
 *   goes through it and must lose nothing.
 */
export class Owner {
  /** Called in the job after the component has gone. */
  onDeparture: ((departure: Departure) => void) | undefined;
  /** How many boundaries are around it. */
  readonly depth: number;
  #isMounted = false;
  #isShown = false;

  constructor(depth: number) {
    this.depth = depth;
  }

  /** For an insertion effect. */
  insert(): () => void {
    this.#isMounted = true;
    return () => {
      this.#isMounted = false;
      this.#checkSoon();
    };
  }

  /** For a layout effect. */
  show(): void {
    this.#isShown = true;
  }

  /** For a passive effect. */
  settle(): () => void {
    this.#isShown = true;
    return () => {
      this.#isShown = false;
      this.#checkSoon();
    };
  }

  /**
   * Work was started. In an effect of a child the effects of its parents have not run yet, so what is started in an owner
   * that is not there is looked at one job later.
   */
  readonly use = (): void => {
    if (!this.#isMounted || !this.#isShown) this.#checkSoon();
  };

  #checkSoon(): void {
    due.push(this);
    if (due.length === 1) job(checkAll);
  }

  /** Tells of the departure, if it still stands. */
  check(): void {
    if (!this.#isMounted) this.onDeparture?.('unmount');
    else if (!this.#isShown) this.onDeparture?.('hidden');
  }
}

function checkAll(): void {
  const owners = due;
  due = [];
  for (const owner of owners.toSorted((one, other) => one.depth - other.depth)) owner.check();
}
