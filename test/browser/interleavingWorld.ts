import { Cancelable, currentOperation, isCancelation, sleep, wait, yieldNow } from 'use-cancelable/core';
import { jobs, Materials, nextTask } from './interleavingMaterials.ts';
import { operationCount, type Material, type Place, type Program, type Step } from './interleavingPrograms.ts';
import type { Watch } from './interleavingWatch.ts';

// Carries out the programs of interleavingPrograms.ts and looks at the current operation at every step. Each body knows by its
// place in the text which operation it belongs to.

/** Is it an error that steps throw and materials reject with, or a cancelation? */
export const isKnown = (error: unknown): boolean =>
  isCancelation(error) || (error instanceof Error && ['rejected', 'by a step'].includes(error.message));

export class World {
  readonly #watch: Watch;
  readonly #materials = new Materials();
  readonly #operations: Cancelable[] = [];
  readonly #started: Cancelable[] = [];
  readonly #stored: Array<Promise<unknown>> = [];
  readonly #bound: Array<() => unknown> = [];
  readonly #loose: Array<Promise<unknown>> = [];
  #ended = false;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  async carryOut({ bodies, clock }: Program): Promise<void> {
    const stranger = this.#wander();
    for (const [index, steps] of bodies.entries()) {
      const op = new Cancelable({ name: `operation ${index}` });
      op.onProgress(() => Promise.resolve());
      this.#operations.push(op);
      this.#started.push(op);
      this.#loose.push(op.settle(() => this.#execute(steps, op)));
      this.#watch.expectNone('after a body was started');
    }
    for (const { task, event, index } of clock) {
      await (task ? nextTask() : undefined);
      this.#watch.expectNone('in the clock');
      if (event === 'open') this.#materials.open(index);
      else if (event === 'bound') this.#callBound();
      else this.#operationAt(index).cancel('by the clock');
      this.#watch.expectNone('after an event of the clock');
    }
    this.#materials.openAll();
    // What runs may start more.
    for (let done = 0; done < this.#loose.length; done += 1) await this.#loose[done];
    for (let done = 0; done < this.#started.length; done += 1) await this.#started[done]!.closed;
    this.#ended = true;
    await stranger;
    await nextTask();
    this.#watch.expectNone('at the end');
  }

  /** The body of an operation, or a part of it. Its awaits stand in one function: a helper would hide them. */
  async #execute(steps: readonly Step[], op: Cancelable): Promise<unknown> {
    for (const step of steps) {
      const before = this.#watch.look(op, `before ${step.kind}`);
      // Whether the step brings back what was there before; a bare await may lose it.
      let restores = true;
      try {
        switch (step.kind) {
          case 'op.wait':
            await op.wait(this.#materials.make(step.material));
            break;
          case 'wait':
            await wait(this.#materials.make(step.material));
            break;
          case 'other.wait':
            await this.#operationAt(step.index).wait(this.#materials.make(step.material));
            break;
          case 'cancel before await': {
            const waiting = wait(this.#materials.make(step.material));
            this.#operationAt(step.index).cancel('before an await');
            await waiting;
            break;
          }
          case 'op.sleep':
            await op.sleep(step.duration);
            break;
          case 'sleep':
            await sleep(step.duration);
            break;
          case 'yieldNow':
            await yieldNow();
            break;
          case 'op.yield':
            await op.yield();
            break;
          case 'report':
            await op.reportProgress('here', { progress: 50 });
            break;
          case 'closed':
            await this.#anEnded(op).closed;
            break;
          case 'wait all':
            await wait(Promise.all([wait(this.#materials.make(step.material)), op.wait(1), wait(Promise.resolve())]));
            break;
          case 'wait for stored':
            await wait(this.#storedAt(step.index));
            break;
          case 'wait for call':
            await wait(this.#execute(step.steps, op));
            break;
          case 'await spawn':
            await op.spawn((child) => this.#enter(child, step.steps));
            break;
          case 'run':
            await this.#nested(op, step.place).run((inner) => this.#enter(inner, step.steps));
            break;
          case 'settle':
            await this.#nested(op, step.place).settle((inner) => this.#enter(inner, step.steps));
            break;
          case 'generator':
            await this.#nested(op, step.place).run((inner) => this.#generate(step.steps, inner));
            break;

          case 'bare':
            restores = false;
            await this.#materials.make(step.material);
            break;
          case 'all':
            restores = false;
            await Promise.all([wait(this.#materials.make(step.material)), op.wait(1)]);
            break;
          case 'race':
            restores = false;
            await Promise.race([wait(this.#materials.make(step.material)), wait(jobs(3))]);
            break;
          case 'await stored':
            restores = false;
            await this.#storedAt(step.index);
            break;
          case 'wait of another':
            restores = false;
            await this.#operations[0]!.bind(() => wait(this.#materials.make(step.material)))();
            break;
          case 'call':
            restores = false;
            await this.#execute(step.steps, op);
            break;
          case 'iterate':
            restores = false;
            for await (const turn of this.#iterate(step.material, op))
              this.#watch.look(op, `in turn ${turn} of ${step.kind}`);
            break;
          case 'return wait':
            return wait(this.#materials.make(step.material));

          case 'then':
            this.#keep(
              wait(this.#materials.make(step.material)).then(() =>
                this.#watch.lookAgain(op, before, `in ${step.kind}`),
              ),
            );
            break;
          case 'then stored':
            this.#keep(this.#storedAt(step.index).then(() => this.#watch.look(op, `in ${step.kind}`)));
            break;
          case 'store':
            this.#store(wait(this.#materials.make(step.material)));
            break;
          case 'start and leave':
            this.#loose.push(this.#nested(op, step.place).settle((inner) => this.#enter(inner, step.steps)));
            break;
          case 'spawn':
            this.#keep(op.spawn((child) => this.#enter(child, step.steps)));
            break;
          case 'bind':
            this.#bound.push(op.bind(() => this.#beBound(step, step.steps, op)));
            break;
          case 'call bound':
            this.#callBound();
            break;
          case 'probe':
            queueMicrotask(() => this.#watch.expectNone('in a microtask'));
            void Promise.resolve().then(() => this.#watch.expectNone('in a reaction'));
            break;
          case 'open':
            this.#materials.open(step.index);
            break;
          case 'cancel':
            this.#operationAt(step.index).cancel('by a step');
            break;
          case 'throw':
            throw new Error('by a step');
        }
      } catch (error) {
        if (restores) this.#watch.lookAgain(op, before, `in the catch of ${step.kind}`);
        else this.#watch.look(op, `in the catch of ${step.kind}`);
        this.#expectKnown(error);
        if (!step.guarded) throw error;
      }
      if (restores) this.#watch.lookAgain(op, before, `after ${step.kind}`);
      else this.#watch.look(op, `after ${step.kind}`);
    }
    return undefined;
  }

  /** A generator body has its operation at every step, whatever it yields. */
  *#generate(steps: readonly Step[], op: Cancelable): Generator<unknown, void> {
    for (const step of steps) {
      this.#watch.expect(op, `in a generator before ${step.kind}`);
      try {
        if (step.kind === 'throw') throw new Error('by a step');
        if (step.kind === 'wait' || step.kind === 'op.wait') yield* op.wait(this.#materials.make(step.material));
        else if (step.kind === 'bare') yield this.#materials.make(step.material);
        else if (step.kind === 'yieldNow') yield* yieldNow();
        else if (step.kind === 'await stored') yield this.#storedAt(step.index);
        else if (step.kind === 'cancel') this.#operationAt(step.index).cancel('by a generator');
        else if (step.kind === 'run')
          yield* this.#nested(op, step.place).run((inner) => this.#enter(inner, step.steps));
        else if (step.kind === 'generator') {
          yield* this.#nested(op, step.place).run((inner) => this.#generate(step.steps, inner));
        } else if ('steps' in step) yield this.#execute(step.steps, op);
        else yield 'a value';
      } catch (error) {
        this.#watch.expect(op, `in a generator, in the catch of ${step.kind}`);
        this.#expectKnown(error);
        if (!step.guarded) throw error;
      }
      this.#watch.expect(op, `in a generator after ${step.kind}`);
    }
  }

  #expectKnown(error: unknown): void {
    if (!isKnown(error)) this.#watch.blame('an error that no step has thrown', String(error));
  }

  async *#iterate(material: Material, op: Cancelable): AsyncGenerator<number> {
    for (const turn of [1, 2]) {
      const before = this.#watch.look(op, 'in an async generator before a wait');
      await wait(this.#materials.make(material));
      this.#watch.lookAgain(op, before, 'in an async generator after a wait');
      yield turn;
    }
  }

  #enter(op: Cancelable, steps: readonly Step[]): Promise<unknown> {
    this.#started.push(op);
    this.#watch.expect(op, 'at the start of a nested body');
    return this.#execute(steps, op);
  }

  #beBound(step: Step, steps: readonly Step[], op: Cancelable): void {
    this.#watch.expect(op, `in ${step.kind}`);
    this.#keep(this.#execute(steps, op));
  }

  /** Each is called once: one that calls the next one may stand in a circle. */
  #callBound(): void {
    const before = currentOperation();
    this.#bound.shift()?.();
    if (currentOperation() !== before) this.#watch.blame('another operation', 'after a bound function than before');
  }

  /** Code of no operation at all, which has its share of every turn. */
  async #wander(): Promise<void> {
    let turns = 0;
    while (!this.#ended) {
      this.#watch.expectNone('in code outside of operations');
      turns += 1;
      const stored = this.#stored.at(-(turns % 5));
      try {
        if (stored !== undefined && turns % 3 === 0) {
          void stored.then(
            () => this.#watch.expectNone('in then outside of operations'),
            () => undefined,
          );
          await stored;
        }
      } catch {
        this.#watch.expectNone('in a catch outside of operations');
      }
      if (turns % 7 === 0) await wait(jobs(2));
      else await (turns % 40 === 0 ? nextTask() : undefined);
    }
  }

  #nested(op: Cancelable, place: Place): Cancelable {
    const current = currentOperation();
    const nested = place === 'child' ? op.child() : new Cancelable(place === 'root' ? { parent: null } : {});
    if (place === 'current') {
      const parent = current?.isSettled === true ? undefined : current;
      if (nested.parent !== parent) this.#watch.blame('another parent', 'of a nested operation than the current one');
    }
    return nested;
  }

  #anEnded(op: Cancelable): Cancelable {
    const child = op.child();
    child.cancel();
    return child;
  }

  #operationAt(index: number): Cancelable {
    return this.#operations[index % operationCount] ?? this.#operations[0]!;
  }

  #storedAt(index: number): Promise<unknown> {
    return this.#stored[index % Math.max(this.#stored.length, 1)] ?? Promise.resolve();
  }

  #store(promise: Promise<unknown>): void {
    this.#stored.push(promise);
    this.#keep(promise);
  }

  /** Waits for it at the end, whatever becomes of it. */
  #keep(promise: Promise<unknown>): void {
    this.#loose.push(promise.catch(() => undefined));
  }
}
