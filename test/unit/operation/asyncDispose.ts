/** WebKit has no such symbol yet; compilers that lower `await using`, and the package, use this one in its place. */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as never);
