/** What an error of any kind says, for people; never throws. */
export function textOf(error: unknown): string {
  try {
    const message: unknown = (error as { message?: unknown } | null | undefined)?.message;
    return typeof message === 'string' ? message : String(error);
  } catch {
    return 'a value without a text';
  }
}
