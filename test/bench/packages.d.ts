// What the benchmark uses of packages that bring no types.

declare module 'caf' {
  type Caf = {
    <T>(body: (signal: AbortSignal) => Generator<unknown, T>): (signal: AbortSignal) => Promise<T>;
    cancelToken: new () => { readonly signal: AbortSignal; abort(reason?: unknown): void };
    timeout(milliseconds: number, message?: string): { readonly signal: AbortSignal; abort(reason?: unknown): void };
  };
  export const CAF: Caf;
}

declare module 'c-promise2' {
  export class CPromise<T> extends Promise<T> {
    constructor(executor: (resolve: (value: T) => void, reject: (error: unknown) => void, scope: CPromise<T>) => void);
    static run<T>(body: (this: CPromise<T>, scope: CPromise<T>) => Generator<unknown, T>): CPromise<T>;
    timeout(milliseconds: number): this;
    cancel(reason?: string): boolean;
    progress(value: number): void;
    progress(listener: (value: number) => void): this;
  }
}
