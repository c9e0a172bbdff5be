/** Resolves in a task of its own, after all jobs and after the messages that are under way. Never faked. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

/** True if the promise has settled by the end of the tasks that are under way. */
export async function isSettledSoon(promise: PromiseLike<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let count = 0; count < 5; count += 1) await nextTask();
  return settled;
}
