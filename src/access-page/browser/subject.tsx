import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { powers } from '../../core/access.ts';
import { noFilter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';
import { counted, people as peopleWords } from '../model/sentence.ts';
import { viewOf, type View } from '../model/view.ts';
import { Grants, membershipText } from './grants.tsx';
import { Listed, Name, Person, PowerWord } from './names.tsx';

const Back = (): JSX.Element => (
  <p class="back">
    <a href="#">All people and accounts</a>
  </p>
);

const strongest = ({ rows }: View): number =>
  Math.min(...rows.map(({ counts }) => counts.findIndex((count) => count > 0)));

/** All that one person holds, and why. */
export function PersonPage({ model, person }: { model: Model; person: number }): JSX.Element {
  const view = useMemo(() => viewOf(model, noFilter, { person }), [model, person]);
  const { name = '', display, disabled } = model.people[person] ?? {};
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
        {disabled && 'Can’t sign in (disabled), and may be enabled at any time. '}
        {groups.length === 0 ? (
          'In no group that gives access.'
        ) : (
          <>
            In {counted(groups.length, 'group')}:{' '}
            <Listed>
              {groups.map((group) => {
                const places = membershipText(model, group, person);
                return (
                  <span key={group}>
                    <Name text={model.groups[group]?.name ?? ''} />
                    {places !== '' && ` (${places})`}
                  </span>
                );
              })}
            </Listed>
            .
          </>
        )}
      </p>
      <p class="sentence">
        {view.rows.length === 0 ? (
          'Has no access to any account.'
        ) : (
          <>
            Has access to{' '}
            <strong>
              {view.counts.reached} of {counted(view.counts.accounts, 'account')}
            </strong>
            , by {counted(view.grants.length, 'grant')}. Strongest: <PowerWord power={strongest(view)} ends={false} />
          </>
        )}
      </p>
      {view.grants.length > 0 && <Grants model={model} grants={view.grants} about="person" />}
    </main>
  );
}

/** All who hold something in one account, and why. */
export function AccountPage({ model, account }: { model: Model; account: number }): JSX.Element {
  const view = useMemo(() => viewOf(model, noFilter, { account }), [model, account]);
  const { id = '', name = '', unit, state, production, tags = [] } = model.accounts[account] ?? {};
  const path = unit === undefined ? undefined : model.units[unit];
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
        {view.rows.length === 0 ? (
          'No one has access.'
        ) : (
          <>
            <strong>{peopleWords(view.counts.people)}</strong> {view.counts.people === 1 ? 'has' : 'have'} access, by{' '}
            {counted(view.grants.length, 'grant')}.
          </>
        )}
      </p>
      <dl class="holders">
        {powers.map((word, power) => {
          const some = view.rows.filter(({ counts }) => (counts[power] ?? 0) > 0).flatMap(({ people }) => people);
          if (some.length === 0) return undefined;
          return (
            <div key={word}>
              <dt>
                <PowerWord power={power} ends={false} /> {peopleWords(some.length)}
              </dt>
              <dd>
                <Listed>
                  {some
                    .sort((a, b) => a - b)
                    .map((person) => (
                      <Person key={person} model={model} person={person} />
                    ))}
                </Listed>
              </dd>
            </div>
          );
        })}
      </dl>
      {view.grants.length > 0 && <Grants model={model} grants={view.grants} about="account" />}
    </main>
  );
}
