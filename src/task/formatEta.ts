/** `1 second`, `15 seconds`, `3 minutes`: how long something still takes, in words. */
export function formatEta(seconds: number): string {
  if (seconds < 90) return plural(Math.max(Math.ceil(seconds), 1), 'second');
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), 'minute');
  return plural(Math.round(seconds / 3600), 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
