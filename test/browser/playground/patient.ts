/** For what takes as long as the server does. */
export const patient = { timeout: 30_000 };
