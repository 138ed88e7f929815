import { peopleCount } from '../../core/words.ts';
import type { AccessView } from '../view/access-view.ts';
import type { EditsView } from '../view/edit-view.ts';
import {
  accessSentence,
  administratorsSentence,
  applicationSentence,
  attributesSentence,
  changedHandsSentence,
  editSentence,
  holdersSentence,
  lastAccessSentence,
  lostAdministratorsSentence,
  restOfEdited,
  restSentence,
} from '../view/access-words.ts';
import { cutOff } from '../view/cut-off.ts';
import type { Line } from './paint.ts';

const omitted = (text: string): Line => ({ indent: 4, text: `${text}; --format json lists all`, tone: 'quiet' });

const alert = (text: string): Line => ({ indent: 2, sign: '!', tone: 'warn', text });

/** Who gains and who loses what, the gravest first; none where that is no one. */
export function accessLines(view: AccessView): Line[] {
  const change = (side: 'gained' | 'lost', sign: '+' | '-'): Line[] => {
    const tone = side === 'gained' ? 'add' : 'remove';
    const [shown, rest] = cutOff(view[side].lines);
    return [
      ...shown.map((line): Line => ({ indent: 2, sign, tone, text: accessSentence(side, line) })),
      ...(rest.length > 0 ? [omitted(`… and ${restSentence(side, rest)}`)] : []),
    ];
  };
  const applications = (side: 'gained' | 'lost', sign: '+' | '-'): Line[] => {
    const [shown, rest] = cutOff(view.applications[side]);
    return [
      ...shown.map((line): Line => ({
        indent: 2,
        sign,
        tone: side === 'gained' ? 'add' : 'remove',
        text: applicationSentence(side, line),
      })),
      ...(rest.length > 0 ? [omitted(`… and ${rest.length} more applications`)] : []),
    ];
  };
  const [administrators, others] = cutOff(view.newAdministrators.lines);
  const [attributes, otherAttributes] = cutOff(view.attributes);
  const [former, otherFormer] = cutOff(view.lostAdministrators.lines);
  const [handed, moreHanded] = cutOff(view.changedHands);
  return [
    ...administrators.map((line) => alert(administratorsSentence(line))),
    ...(others.length > 0 ? [omitted(`… and more, of ${others.length} other accounts`)] : []),
    ...former.map((line) => alert(lostAdministratorsSentence(line))),
    ...(otherFormer.length > 0 ? [omitted(`… and more, of ${otherFormer.length} other accounts`)] : []),
    ...handed.map((line) => alert(changedHandsSentence(line))),
    ...(moreHanded.length > 0 ? [omitted(`… and ${peopleCount(moreHanded.length)} more`)] : []),
    ...(view.lastAccess.length > 0 ? [alert(lastAccessSentence(view.lastAccess))] : []),
    ...change('gained', '+'),
    ...change('lost', '-'),
    ...applications('gained', '+'),
    ...applications('lost', '-'),
    // Who keeps a permission set comes after those who come to it and those who lose it.
    ...editLines(view.edited),
    ...attributes.map((line): Line => ({ indent: 2, sign: '~', tone: 'change', text: attributesSentence(line) })),
    ...(otherAttributes.length > 0 ? [omitted(`… and ${otherAttributes.length} more changes of attributes`)] : []),
  ];
}

/** Each set with what its edit means, and who holds it. */
function editLines({ sets }: EditsView): Line[] {
  const [shown, more] = cutOff(sets);
  return [
    ...shown.flatMap((edit): Line[] => {
      const [, ...others] = edit.lead;
      const [holders, rest] = cutOff(edit.holders);
      return [
        { indent: 2, sign: '~', tone: 'change', text: editSentence(edit) },
        ...others.map((text): Line => ({ indent: 4, text })),
        ...edit.rest.map((text): Line => ({ indent: 6, text, tone: 'quiet' })),
        ...holders.map((line): Line => ({ indent: 6, text: holdersSentence(line), tone: 'quiet' })),
        ...(rest.length > 0 ? [omitted(`… and ${rest.length} more lines of holders`)] : []),
      ];
    }),
    ...(more.length > 0 ? [omitted(`… and ${restOfEdited(more)}`)] : []),
  ];
}
