import { readFileSync } from 'node:fs';
import ts from 'typescript-5';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as core from 'use-cancelable/core';
import { Cancelable, CancelationToken, currentOperation } from 'use-cancelable/core';
import { load } from '../readme/combine.ts';
import type * as Decorated from '../readme/decorators.ts';
import { loadFiles, loadPage } from '../readme/groups.ts';
import { importRows as importAll } from '../readme/nested.ts';
import { loadRows } from '../readme/retry.ts';
import { publish } from '../readme/shield.ts';
import { download, importRows, shrinkAll } from '../readme/streams.ts';
import { openEditor, session } from '../readme/tokens.ts';
import { search } from '../readme/yield.ts';
import { serveExamples } from './readmeServer.ts';

// The very text of the README, see readme.test.ts, against a real server.

describe('nested operations', () => {
  it('add their progress up by weight', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue(undefined);
    onTestFinished(() => log.mockRestore());
    let whole: Cancelable | undefined;
    const seen: unknown[] = [];
    const read = async (op: Cancelable) => {
      whole = op.parent;
      op.report('Reading', { progress: 50 });
      seen.push(whole?.progress.progress);
      return ['one', 'two'];
    };
    const write = async (op: Cancelable, rows: readonly string[]) => {
      op.report('Writing', { progress: 50 });
      seen.push(whole?.progress.progress, op.remaining! <= 30_000);
      return rows.length;
    };
    expect(await importAll(read, write)).toBe(2);
    expect(log.mock.calls).toEqual([
      ['Reading', 50],
      ['Writing', 50],
    ]);
    expect(seen).toEqual([50, 62.5, true]);
  });
});

describe('tokens', () => {
  it('end a save with its editor', async () => {
    const seen = await serveExamples(() => {});
    const editor = openEditor();
    const saving = editor.save('draft');
    await vi.waitFor(() => expect(seen.requests).toEqual(['POST /drafts']));
    expect(editor.close()).toBe(true);
    await expect(saving).rejects.toMatchObject({ reason: 'manual', message: 'The editor was closed' });
    await vi.waitFor(() => expect(seen.letGo).toEqual(['POST /drafts']));
    expect(session.isCanceled).toBe(false);
  });

  it('end all editors with the session, and say why', async () => {
    await serveExamples(() => {});
    const saves = [openEditor(), openEditor()].map((editor) => editor.save('draft'));
    session.cancel({ reason: 'signed out' });
    for (const save of saves) await expect(save).rejects.toMatchObject({ reason: 'signed out' });
    await expect(openEditor().save('late')).rejects.toMatchObject({ reason: 'signed out' });
  });
});

describe('streams and loops', () => {
  it('read a body, a hundred rows at a time, and a list', async () => {
    await serveExamples((_, response) => response.end('0123456789'));
    const file = await new Cancelable().run((op) => download(op, '/file'));
    expect(await file.text()).toBe('0123456789');

    const inserted: number[] = [];
    const readRows = async function* () {
      for (let row = 0; row < 250; row += 1) yield `row ${row}`;
    };
    const importing = new Cancelable();
    await importing.run(() => importRows(readRows(), async (rows) => void inserted.push(rows.length)));
    expect(inserted).toEqual([100, 100, 50]);
    expect(importing.progress).toMatchObject({ current: 250, metadata: { chunkSize: 50 } });

    const shrinking = new Cancelable();
    const images = [new Blob(['aa']), new Blob(['bb'])];
    const shrunk = await shrinking.run((op) => shrinkAll(op, images, async (image) => image.slice(0, 1)));
    expect(shrunk.map(({ size }) => size)).toEqual([1, 1]);
    expect(shrinking.progress).toMatchObject({ current: 2, total: 2, fraction: 1 });
  });

  it('stop in the middle of a body that does not come', async () => {
    const seen = await serveExamples((_, response) => response.write('the first bytes'));
    const op = new Cancelable();
    const run = op.settle((op) => download(op, '/file'));
    await vi.waitFor(() => expect(op.context.partialResult).toMatchObject({ count: 1 }));
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
    await vi.waitFor(() => expect(seen.letGo).toEqual(['GET /file']));
  });
});

describe('several at once', () => {
  it('take the answer that comes first and let go of the other', async () => {
    const seen = await serveExamples((what, response) => {
      if (what !== 'GET /mirror/rows') response.end(what);
    });
    expect(await new Cancelable().run(loadPage)).toEqual(['GET /user', 'GET /rows']);
    await vi.waitFor(() => expect(seen.letGo).toEqual(['GET /mirror/rows']));
  });

  it('run four at a time, and keep what there is after a cancel', async () => {
    const seen = await serveExamples((what, response) => {
      if (!what.endsWith('slow')) response.end(what);
    });
    const op = new Cancelable();
    const run = op.settle((op) =>
      loadFiles(op, ['/a', '/b', '/c', '/slow', '/d/slow', '/e/slow', '/f/slow', '/g/slow']),
    );
    await vi.waitFor(() => expect(seen.requests).toHaveLength(7));
    await vi.waitFor(() => expect(op.progress).toMatchObject({ current: 3, total: 8 }));
    op.cancel();
    const partialResult = { '/a': 'GET /a', '/b': 'GET /b', '/c': 'GET /c' };
    expect(await run).toMatchObject({ status: 'canceled', partialResult });
    expect(seen.requests).not.toContain('GET /g/slow');
    await vi.waitFor(() => expect(seen.letGo).toHaveLength(4));
  });
});

describe('retry', () => {
  it('tries again after the server has failed', async () => {
    let attempts = 0;
    await serveExamples((_, response) => {
      attempts += 1;
      response.writeHead(attempts < 2 ? 503 : 200).end('["row"]');
    });
    const op = new Cancelable();
    expect(await op.run(loadRows)).toEqual(['row']);
    expect(op.progress).toMatchObject({ message: 'Attempt 2', metadata: { attempt: 2 } });
  });

  it('gives up at once when the fault is ours, and when it is canceled', async () => {
    const seen = await serveExamples((_, response) => response.writeHead(404).end());
    await expect(new Cancelable().run(loadRows)).rejects.toThrow('HTTP 404');
    expect(seen.requests).toHaveLength(1);

    const op = new Cancelable();
    const run = op.settle(loadRows);
    op.cancel();
    expect(await run).toMatchObject({ status: 'canceled', reason: 'manual' });
  });
});

describe('shield', () => {
  it('gives the lock back after a cancel', async () => {
    const seen = await serveExamples((what, response) => {
      if (what !== 'PUT /published') response.end();
    });
    const op = new Cancelable();
    const run = op.settle((op) => publish(op, 'draft'));
    await vi.waitFor(() => expect(seen.requests).toContain('PUT /published'));
    op.cancel();
    expect(await run).toMatchObject({ status: 'canceled', reason: 'manual' });
    expect(seen).toEqual({ requests: ['PUT /lock', 'PUT /published', 'DELETE /lock'], letGo: ['PUT /published'] });
  });
});

describe('combine', () => {
  it('ends with each of its members, and says why', async () => {
    const seen = await serveExamples(() => {});
    const stop = new CancelationToken();
    const stopped = load('/rows', new Cancelable(), stop);
    stop.cancel('Stop was pressed');
    expect(await stopped).toMatchObject({ status: 'canceled', message: 'Stop was pressed' });

    const page = new Cancelable();
    let left: Awaited<ReturnType<typeof load>> | undefined;
    const run = page.settle(async (op) => {
      left = await op.wait(load('/rows', page, new CancelationToken()));
    });
    await vi.waitFor(() => expect(seen.requests).toHaveLength(1));
    page.cancel('The page was left');
    await run;
    await vi.waitFor(() => expect(seen.letGo).toEqual(['GET /rows']));
    expect(left).toBeUndefined();
  });
});

describe('decorators', () => {
  // Vite's compiler leaves them as they are.
  const source = readFileSync(new URL('../readme/decorators.ts', import.meta.url), 'utf8');
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const decorated = {} as typeof Decorated; // what was compiled
  // oxlint-disable-next-line typescript/no-implied-eval -- the output of a compiler is what is tested
  new Function('exports', 'require', outputText)(decorated, () => core);

  it('run each call in an operation of its own', async () => {
    const names: unknown[] = [];
    await serveExamples((_, response) => response.end('rows'));
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', (...given: Parameters<typeof fetch>) => {
      names.push(currentOperation()?.name);
      return fetch(...given);
    });
    const { Rows, loadRows: loadDecorated } = decorated;
    expect(await (await new Rows().load('/rows')).text()).toBe('rows');
    expect(await (await loadDecorated('/rows')).text()).toBe('rows');
    expect(names).toEqual(['Rows.load', 'rows']);
  });

  it('are canceled with the operation that they are called in', async () => {
    const seen = await serveExamples(() => {});
    const op = new Cancelable();
    const run = op.settle((op) =>
      op.all([() => new decorated.Rows().load('/a'), (op) => decorated.loadRows(op, '/b')]),
    );
    await vi.waitFor(() => expect(seen.requests).toHaveLength(2));
    op.cancel();
    expect(await run).toMatchObject({ status: 'canceled' });
    await vi.waitFor(() => expect(seen.letGo).toHaveLength(2));
  });
});

describe('a long loop', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `row ${index}`);

  it('finds what there is', async () => {
    expect(await new Cancelable().run((op) => search(op, rows, 'row 499'))).toEqual(['row 499', ...rows.slice(4990)]);
  });

  it('ends where it yields when it was canceled', async () => {
    let visited = 0;
    const entries = function* (): ReturnType<typeof rows.entries> {
      for (const entry of rows.entries()) {
        visited += 1;
        yield entry;
      }
    };
    const op = new Cancelable();
    const run = op.settle((op) => search(op, Object.assign([...rows], { entries }), 'none'));
    op.cancel('Another word was typed');
    expect(await run).toMatchObject({ status: 'canceled', message: 'Another word was typed' });
    expect(visited).toBe(1000);
  });
});
