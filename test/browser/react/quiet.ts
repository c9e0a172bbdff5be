const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });

/** Until React has rendered what it was told, has run the passive effects of it, and all jobs and messages after them. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await nextFrame();
    await nextTask();
  }
}
