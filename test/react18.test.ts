import { version } from 'react';
import { version as versionOfDom } from 'react-dom';
import { expect, it } from 'vitest';

it('React is 18.3.1 in the projects that are named for it', () => {
  expect([version, versionOfDom]).toEqual(['18.3.1', '18.3.1']);
});
