// The same programs, lowered by the compiler that the query names; see test/downlevel.ts.

declare module '*?es5' {
  export const World: typeof import('./interleavingWorld.ts').World;
}

declare module '*?babel' {
  export const World: typeof import('./interleavingWorld.ts').World;
}

declare module '*?swc' {
  export const World: typeof import('./interleavingWorld.ts').World;
}
