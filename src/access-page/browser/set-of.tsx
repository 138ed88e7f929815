import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import type { PageGrant } from '../data.ts';
import type { Model } from '../model/model.ts';
import { changeWords } from './change-words.ts';
import { Mark } from './changes.tsx';
import { Details } from './details.tsx';
import { Name } from './names.tsx';

interface Of {
  model: Model;
  grant: PageGrant;
}

/** By the name that it has, or had where the grant is gone. */
export function SetName({ model, grant }: Of): JSX.Element {
  const { name = '', was } = model.sets[grant.set] ?? {};
  return (
    <strong>
      <Name text={(grant.side === 'before' ? was?.name : undefined) ?? name} />
    </strong>
  );
}

/** What the permission set of a grant allows; of one that is edited, what that means. */
export function SetContent({ model, grant }: Of): JSX.Element {
  const { allows = '', was } = model.sets[grant.set] ?? {};
  return (
    <>
      {was && grant.side === undefined && (
        <div class="small">
          <Details
            summary={
              <>
                <Mark>{changeWords[was.session ? 'session' : 'edited'].mark}</Mark> {sanitize(was.edit)}
              </>
            }
          >
            {() => (
              <ul class="edit">
                {was.details.map((line) => (
                  <li key={line}>{sanitize(line)}</li>
                ))}
              </ul>
            )}
          </Details>
        </div>
      )}
      <div class="quiet small">{sanitize(grant.side === 'before' && was ? was.allows : allows)}</div>
    </>
  );
}
