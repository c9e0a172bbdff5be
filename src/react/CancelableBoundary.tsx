import { Suspense, useContext, useEffect, useState, type ReactNode } from 'react';
import { checkFunction, checkOptions, type Check } from '../base/checks.js';
import { operationChecks } from '../operation/options.js';
import { Scope, type ScopeOptions } from '../task/Scope.js';
import { checkOnHidden, keepsWhenHidden, setOnHidden, type OnHidden } from './onHidden.js';
import { Owner } from './Owner.js';
import { ScopeContext } from './ScopeContext.js';
import { useOwner } from './useOwner.js';

/**
 * Those of an operation (`name`, `timeout` in milliseconds or its parts, `sources`, …; none of them is needed), and what a
 * boundary adds.
 *
 * @example
 * <CancelableBoundary name="page" timeout={60_000} onHidden="keep" fallback={<Spinner />}>
 *   <Report />
 * </CancelableBoundary>
 */
export interface CancelableBoundaryProps extends ScopeOptions {
  /** What is in its tree: the work that is started there is its own. */
  readonly children?: ReactNode;
  /**
   * What happens to the work below when `<Activity>` hides the boundary. It also speaks for what is below and says nothing
   * itself. Default: that of the boundary above, else `cancel`.
   */
  readonly onHidden?: OnHidden | undefined;
  /** Shown while something below suspends: renders a Suspense inside the boundary, so that the boundary outlives it. */
  readonly fallback?: ReactNode;
}

const { id: _id, parent: _parent, children: _children, ...ownChecks } = operationChecks;
const checks: Readonly<Record<string, Check>> = {
  ...ownChecks,
  onCancel: checkFunction,
  onProgress: checkFunction,
  onHidden: checkOnHidden,
};

/**
 * Owns the work that is started below it. When it leaves the page, all of that is canceled: reason `unmount` here, `parent`
 * below. Its operation, with timeout, sources and progress, lives as long as something runs below it; the next run opens a
 * new one.
 *
 * @example
 * <CancelableBoundary name="page" timeout={60_000}>
 *   <Report />
 * </CancelableBoundary>
 */
export function CancelableBoundary({ children, fallback, ...props }: CancelableBoundaryProps): ReactNode {
  checkOptions('<CancelableBoundary>', props, checks);
  const { onHidden, ...options } = props;
  const above = useContext(ScopeContext);
  const [boundary] = useState(() => createBoundary(above, options));
  useOwner(boundary.owner, () => boundary.update(options, onHidden));
  // Those who read the name are told in an effect: an insertion effect must not schedule updates.
  const { scope } = boundary;
  useEffect(() => scope.publishName());
  return (
    <ScopeContext.Provider value={scope}>
      {fallback === undefined ? children : <Suspense fallback={fallback}>{children}</Suspense>}
    </ScopeContext.Provider>
  );
}

interface Boundary {
  readonly scope: Scope;
  readonly owner: Owner;
  update(options: ScopeOptions, onHidden: OnHidden | undefined): void;
}

function createBoundary(above: Scope | undefined, initial: ScopeOptions): Boundary {
  const scope = new Scope(above, initial);
  const owner = new Owner(scope.depth);
  scope.onOpen = owner.use;
  owner.onDeparture = (departure) => {
    if (departure === 'hidden' && keepsWhenHidden(undefined, scope)) return;
    const name = scope.options.name === undefined ? 'The boundary' : `Boundary "${scope.options.name}"`;
    if (departure === 'unmount') scope.cancel({ reason: departure, message: `${name} was unmounted` });
    else scope.cancelWhatDoesNotStay({ reason: departure, message: `${name} was hidden` });
  };
  return {
    scope,
    owner,
    update(options, onHidden) {
      scope.options = options;
      setOnHidden(scope, onHidden);
    },
  };
}
