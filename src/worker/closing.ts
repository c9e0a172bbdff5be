import type { Channel } from './endpoint.js';

/**
 * Calls back when a port is closed, on this side or on the other. Returns how to stop.
 *
 * The other side hears of it by an event (HTML section 9.4.4), in engines that have it. In the others, and for who closes it
 * himself, `close` of this very port calls back first while somebody waits: what is said then still arrives.
 */
export function onClosing(channel: Channel, callback: () => void): () => void {
  channel.addEventListener('close', callback);
  const stopOwn = isPort(channel) ? onOwnClose(channel, callback) : undefined;
  return () => {
    channel.removeEventListener('close', callback);
    stopOwn?.();
  };
}

function onOwnClose(port: MessagePort, callback: () => void): () => void {
  const hasOwn = Object.hasOwn(port, 'close'); // somebody else has done the same
  const { close } = port; // oxlint-disable-line typescript/unbound-method -- it is called with its port
  const closeAloud = (): void => {
    callback();
    close.call(port);
  };
  port.close = closeAloud;
  return () => {
    if (port.close !== closeAloud) return;
    if (hasOwn) port.close = close;
    else delete (port as Partial<MessagePort>).close;
  };
}

function isPort(channel: Channel): channel is Channel & MessagePort {
  return typeof MessagePort === 'function' && channel instanceof MessagePort;
}
