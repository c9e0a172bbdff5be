// What is asked of the package: a median at most so many times that of another contender of the same scenario.

/** @typedef {{ scenario: string, against: string, factor: number }} Target */

/** @type {readonly Target[]} */
export const targets = [
  { scenario: 'run', against: 'limit', factor: 3 },
  { scenario: 'run-batch', against: 'limit', factor: 3 },
  { scenario: 'timeout', against: 'limit', factor: 3 },
  { scenario: 'timeout-batch', against: 'limit', factor: 3 },
  { scenario: 'signal', against: 'bare controller', factor: 1 },
  { scenario: 'wait', against: 'guard by hand', factor: 2 },
  { scenario: 'wait', against: 'abort-controller-x', factor: 1 },
  { scenario: 'report', against: 'limit', factor: 3 },
  { scenario: 'cancel', against: 'limit', factor: 3 },
  { scenario: 'cancel-settled', against: 'limit', factor: 3 },
  { scenario: 'cancel-many', against: 'limit', factor: 3 },
  { scenario: 'cancel-many-settled', against: 'limit', factor: 3 },
  { scenario: 'cancel-chain', against: 'limit', factor: 3 },
  { scenario: 'cancel-chain-settled', against: 'limit', factor: 3 },
];
