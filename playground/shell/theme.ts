export type Theme = 'auto' | 'light' | 'dark';

/** The chosen theme; `auto` leaves it to the system. index.html reads the same key before the first paint. */
export function readTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage is forbidden here: the choice holds until the page is loaded again.
  }
}
