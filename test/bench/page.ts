import { fitBatch, sampleBatch, type Chosen, type Scenario } from './measure.ts';
import { cancelScenarios } from './scenarios/cancel.ts';
import { reportScenario } from './scenarios/report.ts';
import { runScenarios } from './scenarios/run.ts';
import { waitScenario } from './scenarios/wait.ts';

// What is bundled and loaded into Node and into pages. Each process or page measures one contender of one scenario.

const scenarios: readonly Scenario[] = [...runScenarios, waitScenario, reportScenario, ...cancelScenarios];

export interface Listed {
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly string[];
}

export function listScenarios(): readonly Listed[] {
  return scenarios.map(({ name, title, contenders }) => ({
    name,
    title,
    contenders: contenders.map((each) => each.name),
  }));
}

let chosen: Chosen | undefined;
let count = 0;

/** Chooses what is measured here, and warms it up. */
export async function choose(scenarioName: string, contenderName: string): Promise<void> {
  const scenario = scenarios.find(({ name }) => name === scenarioName);
  const contender = scenario?.contenders.find(({ name }) => name === contenderName);
  if (contender === undefined) throw new Error(`There is no contender "${contenderName}" of "${scenarioName}".`);
  chosen = { contender, count: scenario?.count };
  count = await fitBatch(contender, chosen.count);
}

/** One batch: nanoseconds per operation. */
export async function sample(): Promise<number> {
  if (chosen === undefined) throw new Error('Nothing was chosen.');
  return await sampleBatch(chosen, count);
}
