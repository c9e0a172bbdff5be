/**
 * The text of a page as Storybook can show it: its links lead to the other pages there. What leads to the repository is
 * left as plain words.
 */
export function inStorybook(text: string): string {
  return text
    .replace(/\]\(([\w-]+)\.md\)/g, '](?path=/docs/recipes-$1--docs)')
    .replace(/\[([^\]]+)\]\(\.\.\/[^)]+\)/g, '$1');
}
