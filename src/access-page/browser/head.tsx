import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import type { DifferenceSource } from '../../core/state-difference.ts';
import type { PageData } from '../data.ts';
import { counted } from '../model/sentence.ts';

/** What the page is about, how old that is, and what is not in it. */
export function Head({ data }: { data: PageData }): JSX.Element {
  const { about, instance, region, files, digest, asked, notes } = data;
  const facts = [
    ...whenOf(data),
    ...(instance === undefined ? [] : [`instance ${sanitize(instance.split('/').at(-1) ?? '')}`]),
    ...(region === undefined ? [] : [sanitize(region)]),
    ...(files.length === 0
      ? []
      : [`lines of ${files.slice(0, 3).map(sanitize).join(', ')}${files.length > 3 ? ', …' : ''}`]),
    ...(about.type === 'state' ? [counted(about.assignments, 'assignment')] : []),
  ];
  return (
    <header>
      <h1>{about.type === 'state' ? 'Access to AWS accounts' : 'Changes of access to AWS accounts'}</h1>
      {about.type === 'difference' && (
        <p class="compared">
          From <strong>{sourceText(about.before)}</strong> to <strong>{sourceText(about.after)}</strong>
        </p>
      )}
      {asked !== undefined && (
        <p class="asked">
          This page has a part of the access alone, since it was asked for: <strong>{sanitize(asked)}</strong>
        </p>
      )}
      <p class="quiet">
        {facts.join(', ')}. <span title={`SHA-256 ${digest}`}>Digest {digest.slice(0, 12)}.</span>
      </p>
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>{sanitize(note)}</li>
        ))}
      </ul>
    </header>
  );
}

const minutes = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;

function whenOf({ about, madeAt }: PageData): string[] {
  if (about.type === 'difference') return [`Compared on ${minutes(madeAt)}`];
  const { source } = about;
  if (source.type === 'live') return [`Live on ${minutes(madeAt)}`];
  if (source.type === 'snapshot') return [`By a snapshot of ${minutes(source.takenAt)}`];
  return [`By ${sanitize(source.file)} alone, ${minutes(madeAt)}`];
}

/** `a snapshot of 2026-06-15 03:00 UTC`, `the live state`, a file, or what a plan has. */
function sourceText(source: DifferenceSource): string {
  switch (source.type) {
    case 'live':
      return 'the live state';
    case 'snapshot':
      return `a snapshot of ${minutes(source.takenAt)}`;
    case 'file':
      return sanitize(source.file);
    case 'plan':
      return `the state ${source.side} the plan ${sanitize(source.file)}`;
  }
}
