import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { powers } from '../../core/access.ts';
import { powerWords } from '../../render/view/power-words.ts';
import type { PageSide } from '../data.ts';
import { powerAt } from '../model/cells.ts';
import { noFilter, type Filter } from '../model/filter.ts';
import { membershipsOf } from '../model/reasons.ts';
import { changedFirst } from '../model/grant-change.ts';
import { holdersIn, reachOn, type Holder } from '../model/holders.ts';
import type { Model } from '../model/model.ts';
import { counted, people as peopleWords } from '../model/sentence.ts';
import { shownRoles } from '../model/roles.ts';
import { viewOf, type View } from '../model/view.ts';
import { SideMark } from './changes.tsx';
import { Grants, membershipPlaces } from './grants.tsx';
import { Places } from './origin.tsx';
import { Listed, Name, Person, PowerWord } from './names.tsx';
import { Roles } from './roles.tsx';

/** Also what stays. */
const everything: Filter = { ...noFilter, change: 'all' };

const Back = (): JSX.Element => (
  <p class="back">
    <a href="#">All people and accounts</a>
  </p>
);

/** All that one person holds, and why. */
export function PersonPage({ model, person }: { model: Model; person: number }): JSX.Element {
  const view = useMemo(() => viewOf(model, everything, { person }), [model, person]);
  const { name = '', display, disabled, side } = model.people[person] ?? {};
  const groups = model.groupsOfPerson[person] ?? [];
  return (
    <main>
      <Back />
      <h2>
        <Name text={name} />
      </h2>
      <p class="quiet">
        {display !== undefined && (
          <>
            <Name text={display} />.{' '}
          </>
        )}
        {side && (side === 'after' ? 'A new user. ' : 'The user is removed. ')}
        {disabled && 'Can’t sign in (disabled), and may be enabled at any time. '}
        {groups.length === 0 ? (
          'In no group that gives access.'
        ) : (
          <>
            In {counted(groups.length, 'group')}:{' '}
            <Listed>
              {groups.map((group) => {
                const places = membershipPlaces(model, group, person);
                const [side] = membershipsOf(model, group, [person]).flatMap((one) => one.side ?? []);
                return (
                  <span key={group}>
                    <SideMark side={side} />
                    <Name text={model.groups[group]?.name ?? ''} />
                    {places.length > 0 && (
                      <>
                        {' '}
                        (<Places model={model} places={places} />)
                      </>
                    )}
                  </span>
                );
              })}
            </Listed>
            .
          </>
        )}
      </p>
      <p class="sentence">
        <PersonReach model={model} view={view} />
      </p>
      {view.grants.count > 0 && (
        <Grants model={model} grants={changedFirst(model, view.grants.list())} about="person" />
      )}
      <Roles model={model} roles={shownRoles(model, everything, { person })} />
    </main>
  );
}

function PersonReach({ model, view }: { model: Model; view: View }): JSX.Element {
  const [before, after] = [reachOn(view, 'before'), reachOn(view, 'after')];
  const { accounts } = view.counts;
  const isGone = after.accounts === 0;
  if (view.rows.length === 0) return <>Has no access to any account.</>;
  if (!model.isDifference) {
    return (
      <>
        Has access to{' '}
        <strong>
          {after.accounts} of {counted(accounts, 'account')}
        </strong>
        , by {counted(view.grants.count, 'grant')}. Strongest: <PowerWord power={after.power} ends={false} />
      </>
    );
  }
  return (
    <>
      Had access to <strong>{before.accounts}</strong> of {counted(accounts, 'account')} before, has access to{' '}
      <strong>{after.accounts}</strong> after.{' '}
      {!isGone && (
        <>
          Strongest:{' '}
          <PowerWord power={after.power} ends={false} was={before.accounts === 0 ? undefined : before.power} />
        </>
      )}
    </>
  );
}

/** All who hold something in one account, and why. */
export function AccountPage({ model, account }: { model: Model; account: number }): JSX.Element {
  const view = useMemo(() => viewOf(model, everything, { account }), [model, account]);
  const { id = '', name = '', unit, state, production, tags = [] } = model.accounts[account] ?? {};
  const path = unit === undefined ? undefined : model.units[unit];
  const holders = holdersIn(view);
  return (
    <main>
      <Back />
      <h2>
        <Name text={name} />
      </h2>
      <p class="quiet">
        Account <code>{id}</code>
        {account === model.management && ', the management account'}
        {production && ', production'}
        {path !== undefined && path !== '' && (
          <>
            , in <Name text={path} />
          </>
        )}
        {tags.length > 0 && (
          <>
            , tags{' '}
            <Listed>
              {tags.map((tag) => (
                <Name key={tag} text={model.tags[tag] ?? ''} />
              ))}
            </Listed>
          </>
        )}
        {state !== undefined && `, ${state.toLowerCase()}`}.
      </p>
      <p class="sentence">
        <AccountReach model={model} view={view} holders={holders} />
      </p>
      <dl class="holders">
        {powers.map((word, power) => (
          <Holders
            key={word}
            model={model}
            title={<PowerWord power={power} ends={false} />}
            holders={holders.filter(({ after }) => after === power)}
          />
        ))}
        <Holders
          model={model}
          title={<strong>No longer has access:</strong>}
          holders={holders.filter(({ before, after }) => before < powers.length && after === powers.length)}
        />
      </dl>
      {view.grants.count > 0 && (
        <Grants model={model} grants={changedFirst(model, view.grants.list())} about="account" />
      )}
      <Roles model={model} roles={shownRoles(model, everything, { account })} />
    </main>
  );
}

interface AccountReachProps {
  model: Model;
  view: View;
  holders: readonly Holder[];
}

function AccountReach({ model, view, holders }: AccountReachProps): JSX.Element {
  const count = (side: PageSide): number => holders.filter((one) => one[side] < powers.length).length;
  const [before, after] = [count('before'), count('after')];
  if (!model.isDifference && after === 0) return <>No one has access.</>;
  return (
    <>
      {model.isDifference && (
        <>
          <strong>{peopleWords(before)}</strong> had access before.{' '}
        </>
      )}
      <strong>{peopleWords(after)}</strong> {after === 1 ? 'has' : 'have'} access
      {model.isDifference ? ' after.' : `, by ${counted(view.grants.count, 'grant')}.`}
    </>
  );
}

/** Who holds something of one power; of a difference, with what they had before. */
function Holders({
  model,
  title,
  holders,
}: {
  model: Model;
  title: JSX.Element;
  holders: readonly Holder[];
}): JSX.Element {
  if (holders.length === 0) return <></>;
  return (
    <div>
      <dt>
        {title} {peopleWords(holders.length)}
      </dt>
      <dd>
        <Listed>
          {holders.map(({ person, before, after }) => (
            <span key={person}>
              {model.isDifference && before === powers.length && <SideMark side="after" />}
              {model.isDifference && after === powers.length && <SideMark side="before" />}
              <Person model={model} person={person} />
              {before < powers.length && before !== after && ` (had ${powerWords[powerAt(before)]})`}
            </span>
          ))}
        </Listed>
      </dd>
    </div>
  );
}
