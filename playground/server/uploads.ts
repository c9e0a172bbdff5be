import type { UploadReport } from './contract.ts';
import type { Answer } from './Exchange.ts';
import { createPace } from './pace.ts';
import { readWholeNumber } from './parameters.ts';
import { hasLeft } from './readBody.ts';
import { sendJson } from './sendJson.ts';

/** Takes the client's body, no faster than `rate`, counts it, and keeps nothing of it. Answers when it has all. */
export function answerUpload(): Answer {
  return async (exchange) => {
    const { query, request, signal, countReceived } = exchange;
    const rate = readWholeNumber(query, 'rate', { least: 1, most: Number.MAX_SAFE_INTEGER, unit: 'bytes per second' });
    const pace = createPace(rate);
    let received = 0;
    try {
      // Without a set encoding the chunks are buffers.
      for await (const chunk of request as AsyncIterable<Buffer>) {
        for (let rest = chunk.byteLength; rest > 0;) {
          const taken = await pace(rest, signal);
          rest -= taken;
          received += taken;
          countReceived(received);
        }
      }
    } catch (error) {
      // The end of the connection closes the row.
      if (hasLeft(request)) return;
      throw error;
    }
    const report: UploadReport = { received };
    await sendJson(exchange, report);
  };
}
