import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** Entries of the file that have ended, or end within a week. */
export const endings: Check = {
  of: 'file',
  name: 'endings',
  why: 'The next apply after the end removes the access. Expired entries grant nothing and only clutter the file.',
  needs: ['document'],
  look({ file, flags }) {
    const list = file.endings;
    if (list.length === 0) return ok('Nothing in the file has ended or ends within a week.');
    const types = new Set(list.map(({ type }) => type));
    return {
      status: 'note',
      found: `Of the file, ${list.length === 1 ? '1 entry ends within a week or has' : `${list.length} entries end within a week or have`} ended.`,
      items: list.map(({ message }) => message),
      next: [
        ...(types.has('ended')
          ? [
              {
                text: 'Remove expired access, then remove its entries from the file:',
                line: idcLine('apply --only expired', { file, flags }),
              },
            ]
          : []),
        ...(types.has('soon') ? [{ text: 'Move the date of what should stay.' }] : []),
        ...(types.has('allowance') ? [{ text: 'Take safety.allow out of the file.' }] : []),
      ],
    };
  },
};
