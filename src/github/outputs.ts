/** The results of a step for the steps and jobs after it, by name. */
export type Outputs = Readonly<Record<string, string | number | boolean | undefined>>;

const textOf = (value: Outputs[string]): string => (value === undefined ? '' : String(value));

/**
 * For the file that GITHUB_OUTPUT names.
 * @param delimiter random, so that no value can end itself and begin another output.
 */
export function formatOutputs(outputs: Outputs, delimiter: string): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${delimiter}\n${textOf(value)}\n${delimiter}\n`)
    .join('');
}

/** For people, one line each. */
export function showOutputs(outputs: Outputs): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${textOf(value)}\n`)
    .join('');
}
