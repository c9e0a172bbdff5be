import { canInstallPackages, findOnPath, installPackages } from './system.mjs';

const engines = [
  { package: 'firefox-esr', programs: ['firefox-esr', 'firefox'] },
  { package: 'webkit2gtk-driver', programs: ['WebKitWebDriver'] },
  { package: 'xvfb', programs: ['Xvfb'] },
];

/** Finds or installs what the tests in Firefox and WebKitGTK need. Ends the process when something cannot be had. */
export function provideEngines() {
  const wanted = missing();
  if (wanted.length === 0) return;
  if (canInstallPackages) installPackages(wanted);
  const lacking = missing();
  if (lacking.length === 0) return;
  console.error(`
The tests in Firefox and WebKitGTK need what is not here: ${lacking.join(', ')}.
They run on Linux. On Debian and Ubuntu: apt-get update && apt-get install ${lacking.join(' ')}
`);
  process.exit(1);
}

function missing() {
  return engines.filter(({ programs }) => !findOnPath(...programs)).map((engine) => engine.package);
}
