import { task } from '../base/jobs.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { measureFraction } from '../operation/fraction.js';
import type { ProgressMetadata } from '../operation/types.js';
import { watch } from '../operation/watch.js';
import { toCancelReport } from './cancelReport.js';
import { cloneableFields, cloneableOr } from './cloneable.js';
import { unwatchFlag, watchFlag } from './flagWatch.js';
import {
  toMessage,
  type Advanced,
  type CallMessage,
  type Canceled,
  type OperationDescription,
  type Report,
} from './protocol.js';

/**
 * Tells the caller what happens to an operation that has come from there: that it is canceled, what it reports, how far it is.
 * Returns how to end that.
 */
export function relayToCaller(
  op: Cancelable,
  call: string,
  { flag }: OperationDescription,
  post: (message: CallMessage) => void,
): () => void {
  let told: number | undefined;
  let willTell = false;
  let ended = false;
  op.onCancel(() => {
    const isOverdue = op.cancelReason === 'timeout' && performance.now() >= op.deadlineAt;
    const message = toMessage<Canceled>({
      type: 'canceled',
      call,
      isOverdue,
      partialResult: op.cold?.partialResult,
      ...toCancelReport(op),
    });
    postCloneable(post, message, ({ partialResult }) => ({ partialResult: cloneableOr(partialResult) }));
  });
  op.onProgress((id: string, message: string, metadata: ProgressMetadata) => {
    told = measureFraction(op);
    const from = id === op.id ? undefined : id;
    const report = toMessage<Report>({ type: 'report', call, from, message, metadata, fraction: told });
    postCloneable(post, report, (report) => ({ metadata: cloneableFields(report.metadata) }));
  });
  // A child that starts or completes changes how far the operation is, without a word. Once per task: many may do so at once.
  const unwatch = watch(op, () => {
    // With nothing below it, only its own reports count.
    if (willTell || op.phase !== 'running' || (op.firstChild === undefined && op.completedWeight === 0)) return;
    willTell = true;
    task(() => {
      willTell = false;
      const fraction = ended ? told : measureFraction(op);
      if (fraction === told) return;
      told = fraction;
      post(toMessage<Advanced>({ type: 'advanced', call, fraction }));
    });
  });
  if (flag !== undefined) watchFlag(op, flag);
  return () => {
    ended = true;
    unwatch();
    if (flag !== undefined) unwatchFlag(op);
  };
}

/** Posts a message; what in it can't be cloned is left out. */
export function postCloneable<M extends CallMessage>(
  post: (message: M) => void,
  message: M,
  withoutUncloneable: (message: M) => Partial<M>,
): void {
  try {
    post(message);
  } catch {
    post({ ...message, ...withoutUncloneable(message) });
  }
}
