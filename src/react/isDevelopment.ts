declare const process: { readonly env: { readonly NODE_ENV?: string } };

function readEnvironment(): boolean {
  try {
    // Bundlers put the word in here. Without one there is no process: then nobody has asked for development.
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}

/** True while somebody develops, as React and its partners have it: NODE_ENV is not `production`. */
export const isDevelopment: boolean = /* @__PURE__ */ readEnvironment();
