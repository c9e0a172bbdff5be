import * as React from 'react';

type UseActionState = <State, Payload>(
  action: (previous: State, payload: Payload) => State | PromiseLike<State>,
  initialState: State,
) => readonly [state: State, dispatch: (payload: Payload) => void, isPending: boolean];

const missing: UseActionState = () => {
  throw new Error(`useCancelableAction needs React 19; this is React ${React.version}. Use useCancelable here.`);
};

function find(): UseActionState {
  // Not imported by its name: bundlers know what React 18 exports, and refuse what is missing there.
  const name = ['use', 'Action', 'State'].join('');
  return (React as unknown as Readonly<Record<string, UseActionState | undefined>>)[name] ?? missing;
}

/** React's own, which only React 19 has. */
export const useActionState: UseActionState = /* @__PURE__ */ find();
