import type { Cancelable } from 'use-cancelable';
import { request } from '../../requests/request.ts';
import type { LinksReport } from '../../server/contract.ts';

const failingPart = 4;
/** Milliseconds for each of the 40 blocks of a part. */
const delay = 30;

/** Has the server check the links of each part. Returns how many there are. */
export async function checkLinks(op: Cancelable, parts: number, fails: boolean): Promise<number> {
  let links = 0;
  op.report('Checking', { current: 0, total: parts });
  for (let part = 1; part <= parts; part += 1) {
    const path = `/api/links?part=${part}&parts=${parts}&delay=${delay}${fails && part === failingPart ? '&fail=1' : ''}`;
    const report = await request(op, path, async (response) => (await response.json()) as LinksReport);
    links += report.links.length;
    op.report('Checking', { current: part, total: parts });
  }
  return links;
}
