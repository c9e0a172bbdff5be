import type { ReactNode } from 'react';

/** A drawing of 16 by 16 units in the color of the text around it. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}

const fill = (path: string): ReactNode => <path d={path} fill="currentColor" fillRule="evenodd" />;
const stroke = (path: string, width = 1.6): ReactNode => (
  <path d={path} fill="none" stroke="currentColor" strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />
);

const drawings = {
  mark: (
    <>
      {stroke('M8 1.4a6.6 6.6 0 1 1-6.6 6.6', 1.8)}
      {fill(
        'M6.3 5h3.4a1.3 1.3 0 0 1 1.3 1.3v3.4a1.3 1.3 0 0 1-1.3 1.3H6.3A1.3 1.3 0 0 1 5 9.7V6.3A1.3 1.3 0 0 1 6.3 5z',
      )}
    </>
  ),
  pending: (
    <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="2.5 2.016" />
  ),
  running: (
    <>
      {stroke('M8 2.25a5.75 5.75 0 1 1-5.75 5.75', 2)}
      {fill('M8 5.9a2.1 2.1 0 1 1 0 4.2a2.1 2.1 0 1 1 0-4.2z')}
    </>
  ),
  completed: fill(
    'M8 1.3a6.7 6.7 0 1 1 0 13.4a6.7 6.7 0 1 1 0-13.4zM4.4 8.3L7.3 11.2L11.8 6.7L10.5 5.4L7.3 8.6L5.7 7z',
  ),
  canceled: fill('M4.6 2.6h6.8a2 2 0 0 1 2 2v6.8a2 2 0 0 1-2 2H4.6a2 2 0 0 1-2-2V4.6a2 2 0 0 1 2-2z'),
  superseded: stroke(
    'M5 3.4h6a1.6 1.6 0 0 1 1.6 1.6v6a1.6 1.6 0 0 1-1.6 1.6H5A1.6 1.6 0 0 1 3.4 11V5A1.6 1.6 0 0 1 5 3.4z',
    1.7,
  ),
  failed: fill('M8 .6L15.4 8L8 15.4L.6 8zM7.1 4.3v4.6h1.8V4.3zM7.1 10.1v1.8h1.8v-1.8z'),
  shielded: fill('M8 .9L14 3v4.8c0 3.5-2.4 6-6 7.3c-3.6-1.3-6-3.8-6-7.3V3zM8 2.9v10.1c2.6-1.1 4.2-2.9 4.2-5.3V4.3z'),
  abandoned: stroke('M8.8 3H4.6A1.6 1.6 0 0 0 3 4.6v6.8A1.6 1.6 0 0 0 4.6 13h4.2M6.6 8h8M12 5.3L14.7 8L12 10.7', 1.8),
  clock: stroke('M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 1 1 0-11.6M8 4.8V8l2.3 1.6', 1.4),
  search: stroke('M7 2.8a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4M10.2 10.2L13.6 13.6'),
  down: stroke('M4.5 6.2L8 9.7L11.5 6.2'),
  right: stroke('M6.2 4.5L9.7 8L6.2 11.5'),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;
