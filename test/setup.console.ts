import { watchConsole } from './consoleErrors.ts';

// First of the setup files: hooks run last in, first out, so that what unmounting writes is seen too.
watchConsole();
