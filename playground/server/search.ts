import type { SearchEnd, SearchLine } from './contract.ts';
import type { Answer } from './Exchange.ts';
import { readText, readWholeNumber } from './parameters.ts';
import type { Source } from './sources.ts';
import { inBlocks, readLines } from './text.ts';

const longestWord = 200;
const blockLength = 64;
/** With some 2,200 lines a search takes 0.7 s: typing overtakes it. */
const usualDelay = 20;

/** Reads the text line by line and sends each block's matches as soon as the block is read, case ignored. */
export function answerSearch(sources: readonly Source[]): Answer {
  return async (exchange) => {
    const { query, signal } = exchange;
    const word = readText(query, 'q', longestWord).toLowerCase();
    const delay = readWholeNumber(query, 'delay', { least: 0, most: 10_000, unit: 'milliseconds' }) ?? usualDelay;
    const { name, lines } = await readLines(sources);

    exchange.begin(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    let matches = 0;
    for await (const block of inBlocks(lines, blockLength, delay, signal)) {
      const found = block.filter(({ text }) => text.toLowerCase().includes(word));
      matches += found.length;
      if (found.length > 0) await exchange.write(encode(found.map(({ number, text }) => ({ line: number, text }))));
    }
    const end: SearchEnd = { done: true, matches, lines: lines.length, source: name };
    await exchange.write(encode([end]));
    exchange.end();
  };
}

function encode(lines: readonly SearchLine[]): Buffer {
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
