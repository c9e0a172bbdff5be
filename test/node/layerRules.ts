/** One file below `src`: its path from there, what it imports (types count) and its statements that are no re-exports. */
export type SourceFile = {
  readonly path: string;
  readonly imports: readonly string[];
  readonly otherStatements: readonly string[];
};

const rows: readonly (readonly string[])[] = [
  ['base'],
  ['operation'],
  ['sources'],
  ['flow'],
  ['cancelable'],
  ['task', 'registry'],
  ['fetch', 'worker'],
  ['react'],
  ['devtools', 'testing'],
];
const doors = new Set(['index.ts', 'core.ts', 'fetch.ts', 'worker.ts', 'devtools.ts', 'testing.ts']);
const mayUseReact = new Set(['react', 'devtools', 'testing']);

/** What in these files breaks the order of the layers, one sentence each; nothing when they keep it. */
export function findViolations(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map((file) => file.path));
  const ofFiles = files.flatMap((file) => [...checkPlace(file), ...checkDoor(file), ...checkImports(file, known)]);
  return [...ofFiles, ...findCircles(files)];
}

function checkPlace({ path }: SourceFile): string[] {
  return rowOf(path) === undefined ? [`${path} is in no layer`] : [];
}

function checkDoor({ path, otherStatements }: SourceFile): string[] {
  if (!doors.has(path)) return [];
  return otherStatements.map((statement) => `${path} is a door and holds more than named re-exports: ${statement}`);
}

function checkImports({ path, imports }: SourceFile, known: ReadonlySet<string>): string[] {
  return imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) return checkPackage(path, specifier);
    const target = resolve(path, specifier, known);
    if (target === undefined) return [`${path} imports ${specifier}, which is no file below src`];
    const row = rowOf(path);
    const targetRow = rowOf(target);
    // A file in no layer is reported for itself.
    if (row === undefined || targetRow === undefined) return [];
    const isAllowed = targetRow < row || (!doors.has(path) && folderOf(path) === folderOf(target));
    return isAllowed ? [] : [`${path} (row ${row}) imports ${target} (row ${targetRow})`];
  });
}

function checkPackage(path: string, specifier: string): string[] {
  const isReact = /^react(-dom)?(\/|$)/.test(specifier);
  if (isReact && mayUseReact.has(folderOf(path))) return [];
  return [`${path} imports the package ${specifier}`];
}

/** Every import that closes a circle, found by a walk in depth; only files of one folder can form one unseen. */
function findCircles(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map((file) => file.path));
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .flatMap((specifier) => resolve(path, specifier, known) ?? []),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      circles.push(`circle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return circles;
}

/** Row of the table in the order above, doors last; undefined when the file is in none. */
function rowOf(path: string): number | undefined {
  if (doors.has(path)) return rows.length;
  const row = rows.findIndex((folders) => folders.includes(folderOf(path)));
  return row === -1 || !path.includes('/') ? undefined : row;
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** The file that an import means: `./name.js` is written for `name.ts` or `name.tsx`. */
function resolve(from: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')].find((candidate) => known.has(candidate));
}
