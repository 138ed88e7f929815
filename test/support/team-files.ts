import { answersOf, placeOf } from '../../src/repository/places.ts';
import { readTemplates, type Answers } from '../../src/repository/templates.ts';
import { writeFromTemplate } from '../../src/repository/version-line.ts';

const answers: Answers = {
  region: 'us-east-1',
  history: 'false',
  planRole: 'arn:aws:iam::999988887777:role/idc-plan',
  applyRole: 'arn:aws:iam::999988887777:role/idc-apply',
  branch: 'trunk',
  owner: '@octo-org/identity',
  version: '0.0.0',
  ...answersOf('identity.yaml'),
};

/** The files of a team's repository, as `idc init` writes them from the templates; with `answersOf` of another file, for that one. */
export const teamFiles = (changed: Partial<Answers> = {}): Record<string, string> =>
  Object.fromEntries(
    readTemplates(new URL('../..', import.meta.url).pathname).map(({ path, text }) => [
      placeOf(path, { ...answers, ...changed }),
      writeFromTemplate(text, { ...answers, ...changed }) ?? '',
    ]),
  );
