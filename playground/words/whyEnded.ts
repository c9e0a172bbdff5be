/** Why the run of a task has ended, for people who see the task alone. */
export function whyEnded(reason: string | undefined, message: string | undefined): string {
  switch (reason) {
    case 'manual':
      return 'by you';
    case 'superseded':
      return 'a newer one took over';
    case 'dropped':
      return 'one was already running';
    case 'hidden':
      return 'you went to another tab';
    case 'parent':
      return 'stopped with the page';
    default:
      return message ?? reason ?? '';
  }
}
