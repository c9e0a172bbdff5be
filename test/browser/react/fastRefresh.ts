interface RefreshRuntime {
  injectIntoGlobalHook(window: Window): void;
  register(component: unknown, id: string): void;
  createSignatureFunctionForTransform(): (component: unknown, key: string, forceReset: boolean) => void;
  validateRefreshBoundaryAndEnqueueUpdate(id: string, before: object, after: object): string | undefined;
}

export interface FastRefresh {
  /** The component is shown under this name, which is its own: what was refreshed once stays so. */
  register(component: unknown, id: string): void;
  /** Replaces the one by the other in all that is shown, as saving the file does. */
  save(id: string, before: unknown, after: unknown, options: { readonly keepsState: boolean }): void;
}

/** Must be there before React DOM is: what imports that is imported after it. */
export async function installFastRefresh(): Promise<FastRefresh> {
  // @ts-expect-error -- a module that the React plugin serves
  const runtime = (await import('/@react-refresh')) as RefreshRuntime;
  runtime.injectIntoGlobalHook(window);
  return {
    register: runtime.register,
    save(id, before, after, { keepsState }) {
      runtime.register(after, id);
      for (const component of [before, after]) {
        runtime.createSignatureFunctionForTransform()(component, id, !keepsState);
      }
      const refusal = runtime.validateRefreshBoundaryAndEnqueueUpdate(id, { Component: before }, { Component: after });
      if (refusal !== undefined) throw new Error(refusal);
    },
  };
}
