/**
 * The number after `name=` among the parameters of a command, and the other parameters.
 * @param {readonly string[]} parameters
 * @param {string} name
 * @param {number} usual
 * @returns {{ value: number, others: readonly string[] }}
 */
export function takeNumber(parameters, name, usual) {
  const start = `${name}=`;
  const given = parameters.find((each) => each.startsWith(start));
  return {
    value: given === undefined ? usual : Number(given.slice(start.length)),
    others: parameters.filter((each) => !each.startsWith(start)),
  };
}
