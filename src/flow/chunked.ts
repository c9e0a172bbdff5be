import { checkCount } from '../base/checks.js';
import { coldOf } from '../operation/node.js';
import { reportProgress } from '../operation/report.js';
import { currentNode } from '../operation/stack.js';
import { createStream, type CancelableStream } from './createStream.js';
import { openSource, type StreamSource } from './openSource.js';

/**
 * The items of a source in arrays of `size`; the last one may have fewer. Otherwise as `stream`: under the guard of the
 * current operation, which gets a report for each chunk. When it is canceled, the items of the incomplete chunk are in
 * `op.context.partialResult.buffer`. Throws a RangeError when the size is not a whole number above zero.
 *
 * @example
 * for await (const rows of chunked(readRows(), 100)) {
 *   await wait(insert(rows));
 * }
 */
export function chunked<T>(source: StreamSource<T>, size: number): CancelableStream<T[]> {
  checkCount('The size of a chunk', size);
  const node = currentNode();
  const reader = openSource(source);
  const { total } = reader;
  const partial = { count: 0, buffer: [] as T[], completed: false };
  const take = (): IteratorYieldResult<T[]> => {
    const value = partial.buffer;
    partial.buffer = [];
    return { done: false, value };
  };
  return createStream<T, T[]>(node, reader, {
    collect(item) {
      partial.count += 1;
      if (node !== undefined && partial.count === 1) coldOf(node).partialResult = partial;
      return partial.buffer.push(item) === size ? take() : undefined;
    },
    finish() {
      partial.completed = true;
      return partial.buffer.length > 0 ? take() : undefined;
    },
    onDelivered({ length: chunkSize }) {
      if (node === undefined) return undefined;
      const { count } = partial;
      const message = `Processed ${chunkSize < size ? 'final ' : ''}chunk of ${chunkSize}`;
      void reportProgress(node, message, { count, chunkSize, current: count, total });
      return undefined;
    },
  });
}
