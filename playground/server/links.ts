import type { CheckedLink, LinksReport } from './contract.ts';
import type { Answer } from './Exchange.ts';
import { HttpError } from './HttpError.ts';
import { readSwitch, readWholeNumber, refusal } from './parameters.ts';
import { readPart } from './parts.ts';
import { sendJson } from './sendJson.ts';
import type { Source } from './sources.ts';
import { inBlocks, readLines } from './text.ts';

const blocks = 40;
/** 40 blocks: a check takes about a second. */
const usualDelay = 25;

/** Reads one part of the text, and answers only when every link in it is checked. With `fail=1` it gives up half way. */
export function answerLinks(sources: readonly Source[]): Answer {
  return async (exchange) => {
    const { query, signal } = exchange;
    const part = readPart(query);
    if (part === undefined) throw refusal('part', 'the number of a part', null);
    const fails = readSwitch(query, 'fail');
    const delay = readWholeNumber(query, 'delay', { least: 0, most: 10_000, unit: 'milliseconds' }) ?? usualDelay;

    const { name, lines } = await readLines(sources, part);
    const links: CheckedLink[] = [];
    let read = 0;
    for await (const block of inBlocks(lines, Math.max(1, Math.ceil(lines.length / blocks)), delay, signal)) {
      if (fails && read * 2 >= lines.length) break;
      links.push(...block.flatMap(({ number, text }) => checkLinks(number, text)));
      read += block.length;
    }
    if (fails) {
      throw new HttpError(
        503,
        `The check of part ${part.part} was made to fail: it gave up after ${read} of ${lines.length} lines.`,
      );
    }

    const report: LinksReport = {
      source: name,
      ...part,
      firstLine: lines.at(0)?.number ?? 0,
      lastLine: lines.at(-1)?.number ?? 0,
      links,
      malformed: links.filter(({ problem }) => problem !== undefined).length,
    };
    await sendJson(exchange, report);
  };
}

/** Checks how links are written. Nothing is fetched: the playground needs no network. */
export function checkLinks(line: number, text: string): readonly CheckedLink[] {
  return [...text.matchAll(/\b(?:https?:\/\/|www\.)[^\s<>"'`\])]*/gi)].map(([found]) => {
    const link = found.replace(/[.,;:!?]+$/, '');
    const problem = findProblem(link);
    return { line, link, ...(problem !== undefined && { problem }) };
  });
}

function findProblem(link: string): string | undefined {
  if (!/^https?:/i.test(link)) return 'no scheme';
  if (!URL.canParse(link)) return 'not a URL';
  const { hostname, username, password } = new URL(link);
  if (username !== '' || password !== '') return 'holds a name or a password';
  if (!hostname.includes('.') && hostname !== 'localhost') return 'no full host name';
  return undefined;
}
