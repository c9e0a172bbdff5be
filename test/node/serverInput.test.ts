import { request } from 'node:http';
import { describe, expect, it } from 'vitest';

import { hasEnded, readLog, serve, waitForRow } from './serverSupport.ts';

describe('bad input', () => {
  it.each([
    ['/files/node?rate=fast', 'rate: expected a whole number of bytes per second from 1'],
    ['/files/node?rate=0', 'rate: expected'],
    ['/files/node?rate=-5', 'rate: expected'],
    ['/files/node?rate=1e6', 'rate: expected'],
    ['/files/node?rate=', 'rate: expected'],
    ['/files/node?part=0', 'part: expected a whole number from 1 to 4, got "0"'],
    ['/files/node?part=5', 'part: expected'],
    ['/files/node?parts=5', 'part: expected a whole number from 1 to 5, got nothing'],
    ['/files/node?part=1&parts=1001', 'parts: expected'],
    ['/files/%E0%A4%A', 'name: expected'],
    ['/search', 'q: expected a text of 1 to 200 characters, got nothing'],
    ['/search?q=%20', 'q: expected'],
    [`/search?q=${'a'.repeat(201)}`, 'q: expected'],
    ['/search?q=a&delay=soon', 'delay: expected a whole number of milliseconds from 0 to 10000, got "soon"'],
    ['/links', 'part: expected the number of a part, got nothing'],
    ['/links?part=two', 'part: expected'],
    ['/links?part=1&fail=yes', 'fail: expected 0 or 1, got "yes"'],
    [`/files?request-id=${'a'.repeat(201)}`, 'request-id: expected at most 200 characters'],
  ])('of %s is refused with 400 and named', async (path, message) => {
    const { url, errors } = await serve();
    const response = await fetch(`${url}/api${path}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
    expect(errors).toEqual([]);
  });

  it.each([
    ['{', 'body: expected JSON'],
    ['null', 'requestId: expected a text'],
    ['{"reason":"manual"}', 'requestId: expected a text of 1 to 200 characters, got nothing'],
    ['{"requestId":"a","reason":""}', 'reason: expected'],
    ['{"requestId":7,"reason":"manual"}', 'requestId: expected'],
    [`{"requestId":"a","reason":"${'b'.repeat(201)}"}`, 'reason: expected'],
  ])('of a reason %s is refused with 400 and named', async (body, message) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/log/reason`, { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(message)]);
  });

  it('of a reason that does not end is refused with 413', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/log/reason`, { method: 'POST', body: 'a'.repeat(5000) });
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining('4096 bytes')]);
  });

  it.each([
    ['POST', '/files', 'GET, HEAD'],
    ['DELETE', '/files/node', 'GET, HEAD'],
    ['POST', '/search?q=a', 'GET'],
    ['PUT', '/log', 'GET, DELETE'],
    ['PUT', '/log/reason', 'POST'],
    ['DELETE', '/log/rows', 'GET'],
  ])('as the method %s of %s is refused with 405', async (method, path, allowed) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
  });
});

describe('a path', () => {
  it.each([
    '/api/files/..%2f..%2f..%2fetc%2fpasswd',
    '/api/files/%2Fetc%2Fpasswd',
    '/api/files/../../../etc/passwd',
    '/api/files/node%00',
    '/api/files/NODE',
    '/api/files/missing',
    '/api/nothing',
    '/api',
    '/api/log/other',
  ])('of %s leads nowhere', async (path) => {
    const { url, errors } = await serve();
    // fetch() would straighten the dots out before it asks.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
    expect(errors).toEqual([]);
  });

  it('names the files that there are when it names another', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/files/missing`, { headers: { 'x-request-id': 'lost' } });
    expect(await response.text()).toBe('No file is named "missing". There are: node, LICENSE, cover.\n');
    expect(await waitForRow(url, 'lost', hasEnded)).toMatchObject({
      state: 'answered',
      status: 404,
      path: '/files/missing',
    });
  });

  it('that is not the back end’s is left to the next middleware and to no log', async () => {
    const { url } = await serve();
    for (const path of ['/', '/index.html', '/apiary']) expect((await fetch(`${url}${path}`)).status).toBe(418);
    expect(await readLog(url)).toEqual([]);
  });
});
