import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { author, jobFlags, numbers } from './shared.ts';

export const comment = defineCommand({
  name: 'comment',
  summary: 'Keep one comment on a pull request up to date',
  description: [
    'Creates the comment, or updates it in place. Its first line is its marker, such as `<!-- idc:plan -->`, which ' +
      '`idc plan --format markdown` writes: the comment with the same marker by the same author is the one to update.',
    'The marker of another file than identity.yaml names that file, so that each file has a comment of its own. For a text ' +
      'that idc did not write, give `--file`.',
    'The records of the history that the comment names stay in it: `idc history --verify` compares them.',
    'If the pull request is locked, GitHub takes no comment: the text is then added to the summary of the run, which is not a ' +
      'failure.',
    'The job needs the permission `pull-requests: write`.',
  ],
  args: {
    pulls: {
      takes: 'pull',
      parse: numbers,
      isRequired: true,
      description: 'Number of the pull request, or of several with commas: `42,43`.',
    },
  },
  flags: {
    body: { takes: 'file', completes: 'file', isRequired: true, description: 'The text, as Markdown.' },
    file: {
      takes: 'path',
      completes: 'file',
      description: 'The identity file that the comment is about.',
      byDefault: 'that of the marker',
    },
    record: {
      takes: 'record',
      description: 'The output `record` of `idc github record`: name the record under the text. May be empty.',
    },
    updateOnly: { description: 'Update the comment if there is one, and create none.' },
    author,
    ...jobFlags,
  },
  examples: [{ does: 'Show a plan on pull request 42', run: 'idc github comment 42 --body comment.md' }],
  environment: ['GITHUB_STEP_SUMMARY', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubComment } = await import('../../run/github/comment.ts');
    return gitHubComment(io, flags, args.pulls, version);
  },
});
