import { lookOf } from '../../components/look.ts';
import type { OperationView } from '../../operations/view.ts';

/** `3 stopped early by a newer one, 1 by you` */
export function summarize(views: readonly OperationView[]): string {
  const superseded = views.filter((view) => lookOf(view) === 'superseded').length;
  const byHand = views.filter((view) => view.reason === 'manual').length;
  if (superseded === 0) return byHand === 0 ? '' : `${byHand} stopped early by you`;
  return `${superseded} stopped early by a newer one${byHand === 0 ? '' : `, ${byHand} by you`}`;
}
