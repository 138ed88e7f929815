import { countOf } from '../../core/words.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** What the file may say and probably does not mean, of whatever a plan leaves as it is. */
export const content: Check = {
  of: 'file',
  name: 'content',
  why: 'A plan warns only about the content of what it changes.',
  needs: ['document'],
  look({ file }) {
    const { advice, path } = file;
    if (advice.length === 0) return ok(`Nothing in ${path} looks like a slip.`);
    return {
      status: 'warning',
      found: `${countOf(advice.length, 'warning')} about the content of ${path}.`,
      items: [...advice],
      next: [
        {
          text: 'Correct what is not meant; this shows each in its lines:',
          line: idcLine('validate', { file, flags: [] }),
        },
      ],
    };
  },
};
