/**
 * How often a property is tried, and from which seed: the parameters of `fc.assert` and `fc.sample`. `IDC_TEST_RUNS=ci` tries
 * it as often as CI does, a number that often; without it a twentieth of CI's tries are made. `IDC_TEST_SEED` is a seed that
 * fast-check has printed.
 */
export function depth(ofCi: number): { numRuns: number; seed?: number } {
  const { IDC_TEST_RUNS: runs, IDC_TEST_SEED: seed } = process.env;
  return {
    numRuns:
      runs === undefined ? Math.ceil(ofCi / 20) : runs === 'ci' ? ofCi : parse('IDC_TEST_RUNS', runs, /^[1-9]\d*$/),
    ...(seed !== undefined && { seed: parse('IDC_TEST_SEED', seed, /^-?\d+$/) }),
  };
}

function parse(name: string, text: string, form: RegExp): number {
  if (!form.test(text)) throw new Error(`${name} can't be "${text}".`);
  return Number(text);
}
