import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { PartialFile } from '../../../playground/pages/transfer/PartialFile.ts';
import { transfer } from '../../../playground/pages/transfer/transfer.ts';
import { patient } from './patient.ts';

vi.setConfig({ testTimeout: 60_000 });

const name = 'cover';

async function digest(file = name): Promise<string> {
  const response = await fetch(`/api/files/${file}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Counts the workers that are made from now on, and that have not been ended. */
function countWorkers(): { readonly made: number; readonly alive: number } {
  const { Worker } = window;
  const alive = new Set<Worker>();
  let made = 0;
  class CountedWorker extends Worker {
    constructor(...parts: ConstructorParameters<typeof Worker>) {
      super(...parts);
      made += 1;
      alive.add(this);
    }
    override terminate(): void {
      alive.delete(this);
      super.terminate();
    }
  }
  window.Worker = CountedWorker;
  onTestFinished(() => {
    window.Worker = Worker;
  });
  return {
    get made() {
      return made;
    },
    get alive() {
      return alive.size;
    },
  };
}

/** Until so many bytes are hashed, or it is over. */
async function untilHashed(op: Cancelable, least: number): Promise<void> {
  await vi.waitFor(() => {
    const hashing = op.children.find((child) => child.name === 'SHA-256');
    expect(hashing?.progress.current ?? 0).toBeGreaterThanOrEqual(least);
  }, patient);
}

const partOf = (op: Cancelable): PartialFile => op.context.partialResult as PartialFile;

describe('a transfer', () => {
  it('has the checksum of the file from a worker, which ends with it', async () => {
    const workers = countWorkers();
    const op = new Cancelable({ parent: null });
    const file = await op.run((op) => transfer(op, { name }));
    expect(file).toMatchObject({ name, isWhole: true, checksum: await digest() });
    expect(file.size).toBe(file.total);
    await op.closed;
    expect(workers.made).toBe(1);
    await vi.waitFor(() => expect(workers.alive).toBe(0));
  });

  it('hashes while it arrives', async () => {
    const op = new Cancelable({ parent: null });
    const outcome = op.settle((op) => transfer(op, { name, rate: 1e6 }));
    await untilHashed(op, 1);
    expect(op.status).toBe('running');
    expect(partOf(op).size).toBeLessThan(partOf(op).total!);
    op.cancel();
    await outcome;
  });

  it('that is canceled ends on both sides, keeps what it has, and can be gone on with', async () => {
    const workers = countWorkers();
    const op = new Cancelable({ parent: null });
    const outcome = op.settle((op) => transfer(op, { name, rate: 1e6 }));
    await untilHashed(op, 1);
    const [, hashing] = op.children;
    op.cancel('Enough');
    expect(await outcome).toMatchObject({ status: 'canceled', reason: 'manual' });
    await Promise.all([op.closed, hashing!.closed]);
    expect(hashing).toMatchObject({ name: 'SHA-256', status: 'canceled', reason: 'parent', isAbandoned: false });
    await vi.waitFor(() => expect(workers).toMatchObject({ made: 1, alive: 0 }));

    const kept = partOf(op);
    const { size } = kept;
    expect(size).toBeGreaterThan(0);
    const again = new Cancelable({ parent: null });
    const file = await again.run((op) => transfer(op, { name, from: kept }));
    expect(file).toMatchObject({ isWhole: true, checksum: await digest() });
    expect(kept).toMatchObject({ size, isWhole: false, checksum: undefined });
    await again.closed;
    await vi.waitFor(() => expect(workers).toMatchObject({ made: 2, alive: 0 }));
  });

  it('begins anew when the server has another version, and hashes nothing of the old one', async () => {
    const op = new Cancelable({ parent: null });
    const outcome = op.settle((op) => transfer(op, { name, rate: 1e6 }));
    await untilHashed(op, 1);
    op.cancel();
    await outcome;
    const kept = partOf(op);
    // To the server, what is kept of one file is another version of the other.
    const other = 'LICENSE';
    const file = await new Cancelable({ parent: null }).run((op) => transfer(op, { name: other, from: kept }));
    expect(file.checksum).toBe(await digest(other));
    expect(file.size).toBe(file.total);
  });

  it('asks for nothing when only the checksum is missing', async () => {
    const whole = await new Cancelable({ parent: null }).run((op) => transfer(op, { name }));
    const spy = vi.spyOn(window, 'fetch');
    onTestFinished(() => spy.mockRestore());
    const file = await new Cancelable({ parent: null }).run((op) => transfer(op, { name, from: whole }));
    expect(file.checksum).toBe(whole.checksum);
    expect(spy).not.toHaveBeenCalled();
  });

  it('ends its worker when the server refuses', async () => {
    const workers = countWorkers();
    const op = new Cancelable({ parent: null });
    await expect(op.run((op) => transfer(op, { name: 'missing' }))).rejects.toThrow('The server answered 404: No file');
    await op.closed;
    await vi.waitFor(() => expect(workers).toMatchObject({ made: 1, alive: 0 }));
  });
});
