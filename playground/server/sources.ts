import type { Stats } from 'node:fs';
import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { FileEntry } from './contract.ts';

/** A name that the back end serves, and the real files that may stand behind it: the first that exists does. */
export interface Source {
  readonly name: string;
  readonly type: string;
  readonly candidates: readonly { readonly path: string; readonly title: string }[];
}

/** A source whose file exists, as it is on disk now. */
export interface SourceFile {
  readonly entry: FileEntry;
  readonly type: string;
  readonly path: string;
  readonly lastModified: string;
}

export const textName = 'LICENSE';

/** Real files that every machine with this repository has: the running Node itself, its license text, and a bundle. */
export function machineSources(): readonly Source[] {
  const program = realpathSync(process.execPath);
  const prefix = dirname(dirname(program));
  const title = 'License of Node.js and of what it contains';
  return [
    {
      name: 'node',
      type: 'application/octet-stream',
      candidates: [{ path: program, title: `Node.js ${process.version}` }],
    },
    {
      name: textName,
      type: 'text/plain; charset=utf-8',
      candidates: [
        { path: join(prefix, 'LICENSE'), title },
        { path: join(prefix, 'share', 'doc', 'nodejs', 'LICENSE'), title },
        { path: join(prefix, 'share', 'doc', 'node', 'LICENSE'), title },
        { path: join(dirname(program), 'LICENSE'), title },
        ...inPackage('vite', 'LICENSE.md', 'License of Vite and of what it contains'),
      ],
    },
    {
      name: 'cover',
      type: 'application/octet-stream',
      candidates: [
        ...inPackage('playwright-core', 'lib/coreBundle.js'),
        ...inPackage('react-dom', 'cjs/react-dom-client.development.js'),
        ...inPackage('vite', 'LICENSE.md'),
      ],
    },
  ];
}

/** The sources that exist, in their order. */
export async function findFiles(sources: readonly Source[]): Promise<readonly SourceFile[]> {
  const found = await Promise.all(sources.map(findFile));
  return found.filter((file) => file !== undefined);
}

async function findFile({ name, type, candidates }: Source): Promise<SourceFile | undefined> {
  for (const { path, title } of candidates) {
    const stats = await statIfPresent(path);
    if (stats?.isFile()) {
      const etag = `"${stats.size.toString(16)}-${Math.trunc(stats.mtimeMs).toString(16)}"`;
      return { entry: { name, title, size: stats.size, etag }, type, path, lastModified: stats.mtime.toUTCString() };
    }
  }
  return undefined;
}

async function statIfPresent(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function inPackage(name: string, file: string, title = `${name}/${file}`): Source['candidates'] {
  try {
    return [{ path: join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file), title }];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'MODULE_NOT_FOUND';
}
