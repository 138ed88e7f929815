import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { PageGrant, PageSet } from '../data.ts';
import { sharedGroups } from '../model/shared-groups.ts';
import type { Model } from '../model/model.ts';
import { otherReasons, reasonsFor, type Reason } from '../model/reasons.ts';
import { number, people as peopleWords } from '../model/sentence.ts';
import type { View } from '../model/view.ts';
import { Accounts } from './accounts-cell.tsx';
import { AllowsWord } from './allows.tsx';
import { changeWords } from './change-words.ts';
import { Mark, sideWords } from './changes.tsx';
import { Details } from './details.tsx';
import { Conditional, Listed, Name, Person, PowerWord } from './names.tsx';
import { Origin, Places, Until, Why } from './origin.tsx';
import { SetContent, SetName } from './set-of.tsx';

export interface Selected {
  people: readonly number[];
  accounts: readonly number[];
  /** What the accounts are called. */
  title: string;
}

interface Props extends Selected {
  model: Model;
  view: View;
  close(): void;
}

const namedAtOnce = 12;

/** Why people of one row hold what they hold in one column. */
export function Panel({ model, view, people, accounts, title, close }: Props): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), [people, accounts]);
  const reasons = reasonsFor(model, view, people, accounts);
  const others = useMemo(() => otherReasons(model, view, people, accounts), [model, view, people, accounts]);
  const list = (some: readonly Reason[]): JSX.Element => (
    <ol>
      {some.map((reason) => (
        <ReasonItem
          key={`${reason.grant}/${reason.group}/${reason.side}`}
          model={model}
          reason={reason}
          people={people.length}
          accounts={accounts.length}
        />
      ))}
    </ol>
  );
  return (
    <aside
      class="panel"
      aria-label="Why"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <button type="button" class="close" aria-label="Close" onClick={close}>
        ×
      </button>
      <h2 tabIndex={-1} ref={head}>
        <RowName model={model} people={people} /> in <Name text={title} />
      </h2>
      {reasons.length === 0 ? (
        <p>{others.length === 0 ? 'No access here.' : 'Nothing that fits the filter.'}</p>
      ) : (
        list(reasons)
      )}
      {others.length > 0 && (
        <>
          <h3>Also held here, outside of the filter</h3>
          {list(others)}
        </>
      )}
      {people.length > 1 && <People model={model} people={people} />}
      {accounts.length > 1 && (
        <div>
          <Accounts model={model} accounts={accounts} />
        </div>
      )}
    </aside>
  );
}

/** `2 people of sg-search-lead`, or the one person. */
export function RowName({ model, people }: { model: Model; people: readonly number[] }): JSX.Element {
  const [first = -1] = people;
  if (people.length === 1) return <Name text={model.people[first]?.name ?? ''} />;
  const [group] = sharedGroups(model, people);
  return (
    <>
      <strong>{peopleWords(people.length)}</strong>
      {group !== undefined && (
        <>
          {' of '}
          <Name text={model.groups[group]?.name ?? ''} />
        </>
      )}
    </>
  );
}

function People({ model, people }: { model: Model; people: readonly number[] }): JSX.Element {
  const all = (): JSX.Element => (
    <Listed>
      {people.map((person) => (
        <Person key={person} model={model} person={person} />
      ))}
    </Listed>
  );
  if (people.length > namedAtOnce) return <Details summary={peopleWords(people.length)}>{all}</Details>;
  return (
    <p>
      {peopleWords(people.length)}: {all()}
    </p>
  );
}

/** Where the group has it on both sides, what is new may be the membership. */
const memberText = ({ side }: Reason['memberships'][number]): string =>
  side === undefined ? 'member' : side === 'after' ? 'newly a member' : 'no longer a member';

function changeText({ side }: Reason, edit: PageSet['was']): JSX.Element {
  if (side === undefined && !edit) return <span class="quiet">as before</span>;
  const { mark, word } = side ? sideWords(side) : changeWords[edit?.session ? 'session' : 'edited'];
  return (
    <strong>
      <Mark>{mark}</Mark> {word}
    </strong>
  );
}

interface ReasonProps {
  model: Model;
  reason: Reason;
  /** How many are asked about. */
  people: number;
  accounts: number;
}

function ReasonItem({ model, reason, people, accounts }: ReasonProps): JSX.Element {
  const grant = model.grants[reason.grant] as PageGrant;
  const ends = grant.until !== undefined || reason.memberships.some(({ until }) => until !== undefined);
  const [membership, ...others] = reason.memberships;
  return (
    <li>
      {model.isDifference && <div>{changeText(reason, model.sets[grant.set]?.was)}</div>}
      <PowerWord power={grant.power} ends={ends} was={grant.wasPower} /> <SetName model={model} grant={grant} />
      <Conditional {...grant} />
      {model.actions && (
        <div>
          May use it: <AllowsWord {...grant} />
        </div>
      )}
      <div>
        {reason.group === -1 ? (
          'directly'
        ) : (
          <>
            through group{' '}
            <strong>
              <Name text={model.groups[reason.group]?.name ?? ''} />
            </strong>
          </>
        )}
        {grant.places.length > 0 || grant.status ? ', ' : ''}
        <Origin model={model} {...grant} />
        {(grant.until ?? grant.wasUntil) !== undefined && (
          <>
            , until <Until {...grant} />
          </>
        )}
      </div>
      <Why model={model} why={grant.why} label="Why" />
      {reason.people.length === 1 && membership && others.length === 0 && membership.places.length > 0 && (
        <>
          <div>
            member by <Places model={model} places={membership.places} />
          </div>
          <Why model={model} why={membership.why[0]} label="Why a member" />
        </>
      )}
      {reason.memberships
        .filter(({ until, wasUntil, status, side }) => [until, wasUntil, status, side].some((one) => one !== undefined))
        .map((one) => (
          <div key={`${one.status}${one.until}${one.side}`}>
            {peopleWords(one.people.length)}: {memberText(one)}
            {(one.until ?? one.wasUntil) === undefined ? (
              (one.status !== undefined || one.places.length > 0) && (
                <>
                  , <Origin model={model} {...one} />
                </>
              )
            ) : (
              <>
                {' '}
                until <Until {...one} />
              </>
            )}
          </div>
        ))}
      {reason.people.length < people && (
        <div class="quiet">
          {number(reason.people.length)} of {peopleWords(people)}
        </div>
      )}
      {reason.accounts.length < accounts && (
        <div>
          in <Accounts model={model} accounts={reason.accounts} />
        </div>
      )}
      <SetContent model={model} grant={grant} />
    </li>
  );
}
