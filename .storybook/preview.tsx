import type { Preview } from '@storybook/react-vite';
import './preview.css';

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    options: {
      storySort: { method: 'alphabetical', order: ['Hooks', 'Policies', 'Lifetimes', 'Components', 'Core', 'Recipes'] },
    },
  },
};

export default preview;
