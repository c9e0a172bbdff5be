export { cancelableFetch, createFetch, type CancelableFetch, type FetchOptions } from './fetch/createFetch.js';
export { download, type Download, type DownloadOptions } from './fetch/download.js';
export { HttpError, NetworkError } from './fetch/errors.js';
export {
  openWebSocket,
  WebSocketClosedError,
  type CancelableWebSocket,
  type WebSocketMessage,
  type WebSocketOptions,
} from './fetch/openWebSocket.js';
export type { RequestSettings } from './fetch/options.js';
export type { ServerSentEvent } from './fetch/parseEvents.js';
export { isPartialDownload, PartialDownload, type DownloadedPart } from './fetch/PartialDownload.js';
export type { BodyOptions, BodySource } from './fetch/readBody.js';
export { streamEvents, type EventOptions, type EventStream } from './fetch/streamEvents.js';
export { streamJsonLines, streamLines, streamText } from './fetch/streamText.js';
export { upload, type UploadBody, type UploadOptions } from './fetch/upload.js';
export type { CancelableStream } from './flow/createStream.js';
export type { Awaitable } from './operation/awaitable.js';
