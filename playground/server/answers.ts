interface Topic {
  /** What a question about it says. */
  readonly words: RegExp;
  readonly answer: string;
}

/** The first that fits answers. */
const topics: readonly Topic[] = [
  {
    words: /\b(continue|resume|go on|goes on|again|later|partial|kept|lost)\b/i,
    answer:
      'What has arrived is kept as the partial result of the operation. It does not matter how that ended: by you, by a timeout, or with the connection gone.\n\nTo continue, the page tells the server which token it has seen last. The server goes on behind it, so nothing is sent twice and nothing is missing. The text you end up with is the very same as if you had never stopped.',
  },
  {
    words: /\b(server|socket|connection|network|request|fetch)\b/i,
    answer:
      'An operation has a signal, and the request is given that signal. When the operation is canceled, the browser closes the connection.\n\nThe server sees the socket close and stops its own work: it writes no more tokens, clears its timer and closes its row in the log. You can watch that on this page. Press Stop, and the log says that the client let go, and why.',
  },
  {
    words: /\b(leave|left|leaving|unmount|page|component|close|tab)\b/i,
    answer:
      'When you leave this page, its boundary is removed from the screen and cancels everything that was started below it. The reason is unmount.\n\nThis answer is one of those operations, so it ends with the page, down to the connection. Come back and you find as much of it as had arrived, with the reason beside it. You can go on from there.',
  },
  {
    words: /\b(timeout|time|deadline|long|slow|late)\b/i,
    answer:
      'A timeout belongs to the operation, not to a single request. It counts until the whole work is done, and what is started below has no more time than what is left above.\n\nWhen the time is over, the operation is canceled with the reason timeout. That is no failure: what has arrived is kept, and you may ask for the rest.',
  },
  {
    words: /\b(reason|why|error|failure|fail|fails)\b/i,
    answer:
      'Every cancelation has a reason that can be read: by hand, a timeout, the page that was left, a newer run that took over. The first one wins and stays.\n\nA cancelation is not an error. It is shown in amber, never in red, and it is never thrown into your page. Red is for what really went wrong, such as a connection that broke.',
  },
  {
    words: /\b(newer|new|another|second|supersede|superseded|policy|twice|two)\b/i,
    answer:
      'Ask again while an answer is on its way, and the newer question takes over. The older answer is canceled with the reason superseded, on the server too, and keeps what it had.\n\nThat is a policy of the task. It could also make the new question wait for its turn, drop it, or let both run side by side.',
  },
];

const general =
  'A cancelation is a calm way to say: this is no longer needed. It starts at one operation and reaches everything below it, in one step, down to the socket.\n\nNothing is torn apart. Each part gets to tidy up, what has arrived is kept, and a reason says why it ended. Ask about the server, the timeout, leaving the page, or how to continue.';

/** The same question has the same answer, always. */
export function answerTo(question: string): string {
  return topics.find(({ words }) => words.test(question))?.answer ?? general;
}

/** Words and parts of long words, each with the space before it. Joined they are the text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/\s*\S{1,7}/g) ?? [];
}
