import type { StorybookConfig } from '@storybook/react-vite';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.@(ts|tsx)'],
  addons: ['@storybook/addon-docs', '@storybook/addon-vitest', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  typescript: { reactDocgen: 'react-docgen' },
  // Storybook loads the project's vite.config.ts: the parts that build the library do not concern it.
  viteFinal: (vite) => {
    const { lib: _lib, rolldownOptions: _rolldownOptions, ...build } = vite.build ?? {};
    return { ...vite, build };
  },
};

export default config;
