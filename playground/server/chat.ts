import { answerTo, tokensOf } from './answers.ts';
import type { ChatEvents } from './contract.ts';
import type { Answer } from './Exchange.ts';
import { readSwitch, readWholeNumber, refusal } from './parameters.ts';
import { pause } from './pause.ts';
import { hasLeft, readBody } from './readBody.ts';

const longestBody = 4096;
const longestQuestion = 500;
/** Some 25 tokens a second, as a language model has them. */
const usualDelay = 40;
/** Behind a sentence it thinks for as long as so many tokens take. */
const thought = 9;

/**
 * Answers the question in the body token by token, as server-sent events, and stops when the client lets go. With the header
 * `last-event-id` it goes on behind that token. With `cut=1` the connection of an answer from its start breaks half way.
 */
export function answerChat(): Answer {
  return async ({ request, query, signal, countReceived, begin, write, end, breakOff }) => {
    const delay = readWholeNumber(query, 'delay', { least: 0, most: 10_000, unit: 'milliseconds' }) ?? usualDelay;
    const isCut = readSwitch(query, 'cut');
    let body: string;
    try {
      body = await readBody(request, longestBody, 'question');
    } catch (error) {
      if (hasLeft(request)) return;
      throw error;
    }
    countReceived(Buffer.byteLength(body));
    const tokens = tokensOf(answerTo(readQuestion(body)));
    const sent = readSent(request.headers['last-event-id'], tokens.length);
    const half = Math.floor(tokens.length / 2);

    begin(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const [index, token] of tokens.entries()) {
      if (index < sent) continue;
      await pause(/[.:]$/.test(tokens[index - 1] ?? '') ? delay * thought : delay, signal);
      if (isCut && sent === 0 && index === half) {
        breakOff('it was made to break half way');
        return;
      }
      await write(encode('token', token, index + 1));
    }
    await write(encode('end', { tokens: tokens.length }));
    end();
  };
}

function readQuestion(body: string): string {
  const question = body.trim();
  if (question !== '' && question.length <= longestQuestion) return question;
  throw refusal('question', `a text of 1 to ${longestQuestion} characters`, question === '' ? null : question);
}

function readSent(header: string | string[] | undefined, most: number): number {
  if (header === undefined) return 0;
  const id = String(header);
  const number = /^\d+$/.test(id) ? Number(id) : Number.NaN;
  if (number <= most) return number;
  throw refusal('last-event-id', `the number of a token, from 0 to ${most}`, id);
}

function encode<Name extends keyof ChatEvents>(name: Name, data: ChatEvents[Name], id?: number): Buffer {
  const lines = [...(id === undefined ? [] : [`id: ${id}`]), `event: ${name}`, `data: ${JSON.stringify(data)}`];
  return Buffer.from(`${lines.join('\n')}\n\n`);
}
