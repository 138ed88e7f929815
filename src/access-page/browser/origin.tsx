import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from '../../core/words.ts';
import type { PageOrigin, PagePlace } from '../data.ts';
import type { Model } from '../model/model.ts';

/** `line 231`, `teams.yaml:12 and 2 more`; nothing where there is none. No line number is broken. */
export function Places({ model: { files }, places }: { model: Model; places: readonly PagePlace[] }): JSX.Element {
  if (places.length === 0) return <></>;
  const isOne = files.length === 1;
  // A name holds no line feed once it is sanitized.
  const texts = places.map(
    (place) => `${isOne ? '' : sanitize(files[place % files.length] ?? '')}\n${Math.floor(place / files.length)}\n`,
  );
  const parts = listOf(texts, 3).split('\n');
  return (
    <>
      {isOne && (places.length === 1 ? 'line ' : 'lines ')}
      {parts.map((part, at) => (at % 2 === 0 ? part : <span class="line-number">{isOne ? part : `:${part}`}</span>))}
    </>
  );
}

/** What the file has to do with it: its line, or that it does not ask for it. */
export function Origin({
  model,
  places,
  status,
}: PageOrigin & { model: Model; places: readonly PagePlace[] }): JSX.Element {
  if (status === 'undeclared') return <span class="quiet">not in the file</span>;
  if (status === 'unmanaged') return <span class="quiet">left alone by the file</span>;
  return <Places model={model} places={places} />;
}

/** What the lines of a grant or of a membership say of why; empty where they say nothing. */
export const whyText = ({ justifications }: Model, why = -1): string => sanitize(justifications[why] ?? '');

/** The same in a line of its own, with a label: what stands in it is the words of the file. */
export function Why({ model, why, label }: { model: Model; why: number | undefined; label: string }): JSX.Element {
  const text = whyText(model, why);
  if (text === '') return <></>;
  return (
    <div class="quiet small">
      {label}: {text}
    </div>
  );
}

/** `2027-01-31`; of an end that was moved, `2026-12-31 → 2027-01-31`. */
export function Until({ until, status, wasUntil }: PageOrigin): JSX.Element {
  if (until === undefined && wasUntil === undefined) return <></>;
  return (
    <>
      {wasUntil !== undefined && (
        <>
          <s class="date">{wasUntil === '' ? 'no end' : sanitize(wasUntil)}</s> →{' '}
        </>
      )}
      {until === undefined ? (
        <strong>no end</strong>
      ) : status === 'expired' ? (
        <>
          expired <strong class="date">{sanitize(until)}</strong>, still live
        </>
      ) : (
        <strong class="date">{sanitize(until)}</strong>
      )}
    </>
  );
}
