import { RefusedError } from '../requests/request.ts';
import { rootReason } from '../requests/rootReason.ts';
import type { OperationView } from '../operations/view.ts';
import { messageOf } from './messageOf.ts';

/** Why an operation stopped, for people: `by you`, `longer than 2 s`, `stopped with Transfer`. */
export function whyStopped(view: OperationView, all: readonly OperationView[]): string {
  if (view.isAbandoned) return 'ignored its signal';
  return view.status === 'failed' ? whyFailed(view, all) : whyCanceled(view, all);
}

/** What a shielded operation is about to do: no cancelation from above reaches it. */
export function whyShielded(view: OperationView, all: readonly OperationView[]): string {
  const above = all.find((other) => other.operation === view.parent);
  return above?.endTime === undefined ? 'will finish' : 'still finishing';
}

/** Every link from an operation to where it began: `stopped with Analyze ← stopped with Pipeline ← by you`. */
export function whyChain(view: OperationView, all: readonly OperationView[]): string {
  const above = all.find((other) => other.operation === view.parent);
  const why = view.status === 'canceled' ? whyCanceled(view, all) : whyFailed(view, all);
  if (view.reason !== 'parent' || above === undefined) return why;
  return `${why} ← ${whyChain(above, all)}`;
}

function whyCanceled(view: OperationView, all: readonly OperationView[]): string {
  switch (view.reason) {
    case 'manual':
      return view.message === 'you pressed Esc' ? view.message : 'by you';
    case 'timeout':
      return view.timeout === undefined ? 'took too long' : `longer than ${formatDuration(view.timeout)}`;
    case 'unmount':
      return 'you left the page';
    case 'hidden':
      return 'the page was hidden';
    case 'parent':
      return whyWithParent(view);
    case 'superseded':
      return 'a newer one took over';
    case 'dropped':
      return 'one was already running';
    case 'sibling':
      return `“${nameOfFailed(view, all)}” failed`;
    case 'signal':
      return 'stopped from outside';
    default:
      return view.message ?? view.reason ?? '';
  }
}

/** `2 s`, `1.5 s`: a length that somebody chose. */
export function formatDuration(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

function whyWithParent(view: OperationView): string {
  if (view.startTime === undefined) return 'never started';
  if (view.parent !== undefined) return `stopped with ${view.parent.name ?? 'its parent'}`;
  return rootReason(view.operation) === 'unmount' ? 'you left the page' : 'stopped with the page';
}

function whyFailed(view: OperationView, all: readonly OperationView[]): string {
  const origin = all.find((other) => other.parent === view.operation && other.status === 'failed');
  if (origin !== undefined) return `${deepestFailed(origin, all).name} failed`;
  return view.error instanceof RefusedError ? `HTTP ${view.error.status}` : messageOf(view.error);
}

function deepestFailed(view: OperationView, all: readonly OperationView[]): OperationView {
  const below = all.find((other) => other.parent === view.operation && other.status === 'failed');
  return below === undefined ? view : deepestFailed(below, all);
}

function nameOfFailed(view: OperationView, all: readonly OperationView[]): string {
  return all.find((other) => other.parent === view.parent && other.status === 'failed')?.name ?? 'A sibling';
}
