import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseSync } from 'vite';
import type { SourceFile } from './layerRules.ts';

/** All TypeScript files below the folder, read with a parser. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readSource(file.split(sep).join('/'), readFileSync(join(folder, file), 'utf8')));
}

/** One file; type imports, re-exports, `import()` and `import('…').Type` count as imports. */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors.map((error) => error.message).join('; ')}`);
  const imports = new Set<string>();
  walk(program, (node) => {
    if (!isImport(node)) return;
    const { value } = node.source as { value?: unknown };
    if (typeof value !== 'string') throw new SyntaxError(`${path}: an import of what only runs can tell`);
    imports.add(value);
  });
  const otherStatements = program.body
    .filter((node) => !isNamedReExport(node) && !isUseClient(node))
    .map((node) => text.slice(node.start, node.end).split('\n')[0] ?? '');
  return { path, imports: [...imports], otherStatements };
}

type SyntaxNode = { readonly type: string; readonly source?: unknown; readonly directive?: unknown };

// Every way of naming another module keeps it in `source`; so do exports without one, as null.
function isImport(node: SyntaxNode): boolean {
  return /^(Import|Export|TSImport)/.test(node.type) && typeof node.source === 'object' && node.source !== null;
}

function isNamedReExport(node: SyntaxNode): boolean {
  return node.type === 'ExportNamedDeclaration' && isImport(node);
}

function isUseClient(node: SyntaxNode): boolean {
  return node.type === 'ExpressionStatement' && node.directive === 'use client';
}

function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') visit(value as SyntaxNode);
  for (const child of Object.values(value)) walk(child, visit);
}
