/** What the back end and the page say to each other. Types only: both sides import this file, neither gets code from it. */

/** One entry of `GET /api/files`. `name` is what `/api/files/:name` takes, `title` says which real file stands behind it. */
export interface FileEntry {
  readonly name: string;
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
}

/** A line of `GET /api/search` that holds the word. */
export interface SearchMatch {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** The last line of `GET /api/search`: the whole text was read. */
export interface SearchEnd {
  readonly done: true;
  readonly matches: number;
  /** Lines read, which is all of them. */
  readonly lines: number;
  /** The name of the text, as `/api/files` lists it. */
  readonly source: string;
}

export type SearchLine = SearchMatch | SearchEnd;

export interface CheckedLink {
  /** Counted from 1 in the whole text. */
  readonly line: number;
  readonly link: string;
  /** What is wrong with it; absent when it is well formed. */
  readonly problem?: string;
}

/** The answer of `GET /api/links`. */
export interface LinksReport {
  readonly source: string;
  readonly part: number;
  readonly parts: number;
  /** The lines read, counted from 1, both inclusive. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly links: readonly CheckedLink[];
  readonly malformed: number;
}

/** The answer of `POST /api/uploads`. */
export interface UploadReport {
  /** Bytes. */
  readonly received: number;
}

/**
 * The events of `POST /api/chat` by name. Each `token` has an id, its number from 1: sent back as `last-event-id`, it has the
 * answer go on behind it. `end` says that the answer is whole.
 */
export interface ChatEvents {
  /** A piece of the answer, with the spaces that belong to it. */
  readonly token: string;
  readonly end: { readonly tokens: number };
}

/**
 * `sending`: open. `sent`: the whole body was handed over. `answered`: refused with a status of 400 or more, or broken off by
 * the server itself (then `error` says why). `letGo`: the client closed the connection before the end.
 */
export type LogState = 'sending' | 'sent' | 'answered' | 'letGo';

/** One request as the server saw it. Never changed in place: a change is a new object with the same `id`. */
export interface LogRow {
  /** The server's running number, from 1. */
  readonly id: number;
  /** What the client sent as the header `x-request-id` or the parameter `request-id`; each request needs one of its own. */
  readonly requestId?: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly method: string;
  /** Without `/api`, `rate`, `delay` and `request-id`. */
  readonly path: string;
  /** Absent until the server has decided. */
  readonly status?: number;
  /** Bytes of the body that have left for the network, never merely queued. */
  readonly bytes: number;
  /** Bytes of the body when they are known beforehand. A range counts as itself, not as its file. */
  readonly total?: number;
  /** Bytes of the client's own body that the server has taken; absent where it takes none. */
  readonly received?: number;
  readonly state: LogState;
  /** The page's own word: the server sees only that the client let go. */
  readonly reason?: string;
  /** The server's own fault, in words. */
  readonly error?: string;
  /** Epoch milliseconds. */
  readonly endedAt?: number;
}

/** The events of `GET /api/log` by name; `GET /api/log/rows` is the list alone. `rows` replaces the list and is ordered by `id`; `row` adds or replaces one. */
export interface LogEvents {
  readonly rows: readonly LogRow[];
  readonly row: LogRow;
}

/** The body of `POST /api/log/reason`. */
export interface ReasonNote {
  readonly requestId: string;
  readonly reason: string;
}
