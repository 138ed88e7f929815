import { createHash } from 'node:crypto';
import type { AccessAnswer, AccessQuestion, AccessSummary } from '../core/access-answer.ts';
import { pageContent } from './content.ts';
import type { PageData, PageFacts } from './data.ts';
import { endingFilter } from './model/facts.ts';
import { createModel } from './model/model.ts';
import { viewOf } from './model/view.ts';
import { askedWords } from '../render/view/asked-words.ts';
import { notesOf } from './notes.ts';
import { setWords } from './set-words.ts';
import type { PageSources } from './sources.ts';
import { writingFact } from './writing-fact.ts';

const soon = 30 * 24 * 60 * 60 * 1000;

/** An answer in the form that the access page has it. Pure. */
export function pageData(answer: AccessAnswer, sources: PageSources): PageData {
  const { source, madeAt, instanceArn, summary } = answer;
  const content = pageContent(answer, {
    everyone: sources.users,
    roles: sources.roles,
    ...(sources.organization && { organization: sources.organization }),
    sets: answer.permissionSets.map((set) => ({ name: set.name, allows: setWords(set, sources.setNamed(set.name)) })),
  });
  const made = { ...madeOf(madeAt, instanceArn, sources), ...askedOf(answer.question, answer.accounts) };
  const { management } = summary;
  return withDigest({
    about: {
      type: 'state',
      source,
      assignments: summary.assignments,
      facts: {
        ...strongestOf(summary),
        ...(management && { management: strongestOf(management) }),
        writing: writingFact(answer, content),
        direct: summary.direct,
        ending: viewOf(createModel({ ...made, ...content, about: { type: 'state' }, notes: [] }), endingFilter).counts
          .people,
      },
    },
    ...made,
    notes: notesOf(answer, sources),
    ...content,
  });
}

/** When a page is made and of which instance; what ends within 30 days of then ends soon. */
export const madeOf = (
  madeAt: string,
  instance: string | undefined,
  { region }: Pick<PageSources, 'region'>,
): Pick<PageData, 'madeAt' | 'instance' | 'region' | 'soon'> => ({
  madeAt,
  ...(instance !== undefined && { instance }),
  ...(region !== undefined && { region }),
  soon: new Date(Date.parse(madeAt) + soon).toISOString(),
});

/** What is asked about, where that is not everything. */
export function askedOf(
  question: AccessQuestion,
  accounts: Readonly<Record<string, string>>,
): Pick<PageData, 'asked' | 'actions'> {
  const asked = askedWords(question, (id) => accounts[id] ?? id);
  return { ...(asked !== '' && { asked }), ...(question.actions && { actions: question.actions }) };
}

/** Each person once: where they administer something, else where they do under a condition, else where they can raise their rights. */
function strongestOf({
  administrators,
  conditional,
  raisers,
}: NonNullable<AccessSummary['management']>): NonNullable<PageFacts['management']> {
  const others = new Set(conditional);
  return {
    administrators: administrators.length,
    conditional: others.size,
    raisers: raisers.filter((user) => !others.has(user)).length,
  };
}

export const withDigest = (content: Omit<PageData, 'digest'>): PageData => ({
  ...content,
  digest: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
});
