import { countOf } from '../../core/words.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** Whether the file can be used with what is live. */
export const file: Check = {
  of: 'file',
  name: 'file',
  why: 'A file with a mistake makes no plan.',
  needs: [],
  look({ file, flags }) {
    const { path, mistakes } = file;
    if (mistakes.length === 0) return ok(`${path} has no mistakes.`);
    return {
      status: 'failed',
      found: `${path} has ${countOf(mistakes.length, 'mistake')}.`,
      items: mistakes,
      next: [{ text: 'Correct them; this shows each in its lines:', line: idcLine('plan', { file, flags }) }],
    };
  },
};
