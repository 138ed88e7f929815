import type { ComponentChildren, JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { sanitize } from '../../core/sanitize.ts';
import { powers } from '../../core/access.ts';
import { powerWords } from '../../render/view/power-words.ts';
import { powerAt } from '../model/cells.ts';
import { number } from '../model/sentence.ts';
import { Printing, printedNames } from './printing.ts';
import type { PageGrant } from '../data.ts';
import type { Model } from '../model/model.ts';
import { hrefOfAccount, hrefOfPerson } from './route.ts';

/** A name as text that only shows, whatever is in it: what can't be seen is a code point, and no name turns its neighbors. */
export const Name = ({ text }: { text: string }): JSX.Element => <bdi>{text === '' ? '""' : sanitize(text)}</bdi>;

interface Of {
  model: Model;
}

export function Person({ model, person }: Of & { person: number }): JSX.Element {
  const { name = '', disabled } = model.people[person] ?? {};
  return (
    <>
      <a href={hrefOfPerson(model, person)}>
        <Name text={name} />
      </a>
      {disabled && ' (disabled)'}
    </>
  );
}

export function Account({ model, account }: Of & { account: number }): JSX.Element {
  const { name = '', state } = model.accounts[account] ?? {};
  return (
    <>
      <a href={hrefOfAccount(model, account)}>
        <Name text={name} />
      </a>
      {state !== undefined && ` (${state.toLowerCase()})`}
    </>
  );
}

/** Things with commas between; on paper the first of many, and how many more there are. */
export function Listed({ children }: { children: ComponentChildren[] }): JSX.Element {
  const isPrinting = useContext(Printing);
  const shown = isPrinting ? children.slice(0, printedNames) : children;
  const rest = children.length - shown.length;
  return (
    <>
      {shown.map((child, at) => (
        <>
          {at > 0 && ', '}
          {child}
        </>
      ))}
      {rest > 0 && ` and ${number(rest)} more that are not printed`}
    </>
  );
}

export const letters: Record<(typeof powers)[number], string> = {
  administrator: 'A',
  raise: 'P',
  unknown: '?',
  write: 'W',
  read: 'R',
};

/** A box with the letter of a power, and its word for who does not see the box. */
export const PowerLetter = ({ power, ends }: { power: number; ends: boolean }): JSX.Element => (
  <span class={`power ${powerAt(power)}${ends ? ' ends' : ''}`}>
    <span aria-hidden="true">{letters[powerAt(power)]}</span>
    <span class="hidden">
      {powerWords[powerAt(power)]}
      {ends && ', temporary'}
    </span>
  </span>
);

interface PowerProps {
  power: number;
  ends: boolean;
  /** What it was before, if that was another. */
  was?: number | undefined;
}

export const PowerWord = ({ power, ends, was }: PowerProps): JSX.Element => (
  <>
    {was !== undefined && was !== power && (
      <>
        <s class="was">{powerWords[powerAt(was)]}</s> →{' '}
      </>
    )}
    <span class={`power word ${powerAt(power)}${ends ? ' ends' : ''}`}>
      {powerWords[powerAt(power)]}
      {ends && <span class="hidden">, temporary</span>}
    </span>
  </>
);

/** Whether a grant makes administrators under a condition; of a difference, whether it did. */
export function Conditional({ conditional, wasConditional }: PageGrant): JSX.Element {
  if (!conditional && !wasConditional) return <></>;
  const words = 'administrator under a condition';
  return <div class="quiet small">{conditional ? words : <s>{words}</s>}</div>;
}
