import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { compareTexts } from '../../core/compare-texts.ts';
import type { PageGrant, PagePlace, PageSide } from '../data.ts';
import { changeOfGrant } from '../model/grant-change.ts';
import type { Model } from '../model/model.ts';
import { membershipsOf } from '../model/reasons.ts';
import { counted, number, people as peopleWords } from '../model/sentence.ts';
import type { ShownGrant } from '../model/shown-grants.ts';
import { Accounts } from './accounts-cell.tsx';
import { AllowsWord } from './allows.tsx';
import { GrantChangeWord, SideMark } from './changes.tsx';
import { Details } from './details.tsx';
import { Conditional, Listed, Name, Person, PowerWord } from './names.tsx';
import { Origin, Places, Until, Why, whyText } from './origin.tsx';
import { Printing, printedGrants, printedNames } from './printing.ts';
import { SetContent, SetName } from './set-of.tsx';
import { Table } from './table.tsx';

const firstRows = 100;
const moreRows = 200;

/** What a page is about, which its table need not say again. */
export type About = 'all' | 'person' | 'account';

interface Props {
  model: Model;
  grants: readonly ShownGrant[];
  about?: About;
}

/** A row for each grant of the file, as far as it is looked at; of a difference, for each that changes. */
export function Grants({ model, grants, about = 'all' }: Props): JSX.Element {
  const [limit, setLimit] = useState(firstRows);
  const isPrinting = useContext(Printing);
  const shown = grants.slice(0, isPrinting ? printedGrants : limit);
  const rest = grants.length - shown.length;
  if (grants.length === 0) return <p class="nothing">No grant gives this access.</p>;
  return (
    <>
      {isPrinting && <LeftOut model={model} shown={shown} all={grants.length} />}
      <Table titles={titlesOf(model, about)}>
        {shown.map((one) => (
          <GrantRow key={one.grant} model={model} shown={one} about={about} />
        ))}
      </Table>
      {rest > 0 && !isPrinting && (
        <p>
          <button type="button" onClick={() => setLimit(limit + moreRows)}>
            Show {number(Math.min(moreRows, rest))} more
          </button>{' '}
          <span class="quiet">
            {number(shown.length)} of {counted(grants.length, 'grant')} are shown
          </span>
        </p>
      )}
    </>
  );
}

/** What is not on the paper, and where it is. */
function LeftOut({ model, shown, all }: { model: Model; shown: readonly ShownGrant[]; all: number }): JSX.Element {
  const longest = Math.max(
    ...shown
      .flatMap(({ accounts, groups }) => [accounts, ...groups.map(({ people }) => people)])
      .map(({ length }) => length),
  );
  const [isCut, isShort] = [all > shown.length, longest <= printedNames];
  if (!isCut && isShort) return <></>;
  return (
    <p>
      <strong>Not all of it is printed: </strong>
      {[
        ...(isCut
          ? [
              `the ${number(shown.length)} strongest of ${counted(all, 'grant')} are, and ${number(all - shown.length)} are left out`,
            ]
          : []),
        ...(isShort ? [] : [`of a longer list the first ${printedNames} names are`]),
      ].join('; ')}
      . Filter the page to print a part; all of it is in idc{' '}
      {model.isDifference ? 'diff --format json' : 'access --format csv'}.
    </p>
  );
}

function titlesOf({ isDifference, actions }: Model, about: About): string[] {
  const who = about === 'person' ? 'Through' : 'Who';
  return [
    ...(isDifference ? ['Change'] : []),
    'Power',
    ...(actions ? ['May use it'] : []),
    'Permission set',
    who,
    ...(about === 'account' ? [] : ['Accounts']),
    'File',
    'Ends',
  ];
}

function GrantRow({ model, shown, about }: { model: Model; shown: ShownGrant; about: About }): JSX.Element {
  const grant = model.grants[shown.grant] as PageGrant;
  return (
    <tr role="row">
      {model.isDifference && (
        <td role="cell" class="how">
          <GrantChangeWord change={changeOfGrant(model, shown)} />
        </td>
      )}
      <td role="cell">
        <PowerWord power={grant.power} ends={grant.until !== undefined} was={grant.wasPower} />
        <Conditional {...grant} />
      </td>
      {model.actions && (
        <td role="cell" class="allows">
          <AllowsWord {...grant} />
        </td>
      )}
      <td role="cell" class="set">
        <SetName model={model} grant={grant} />
        <SetContent model={model} grant={grant} />
        <Why model={model} why={grant.why} label="Why" />
      </td>
      <td role="cell" class="who">
        {shown.groups.map(({ group, people }) =>
          about === 'person' ? (
            <Through key={group} model={model} group={group} person={people[0] ?? -1} />
          ) : (
            <Members key={group} model={model} group={group} people={people} />
          ),
        )}
        {about === 'person' ? shown.users.length > 0 && 'directly' : <Direct model={model} people={shown.users} />}
      </td>
      {about !== 'account' && (
        <td role="cell" class="where">
          <Accounts model={model} accounts={shown.accounts} />
        </td>
      )}
      <td role="cell" class="file">
        <Origin model={model} {...grant} />
      </td>
      <td role="cell">
        <Until {...grant} />
        <MembershipEnds model={model} shown={shown} />
      </td>
    </tr>
  );
}

interface PeopleProps {
  model: Model;
  people: readonly number[];
}

function Members({ model, group, people }: PeopleProps & { group: number }): JSX.Element {
  const all = model.membersOfGroup[group] ?? 0;
  const name = <Name text={model.groups[group]?.name ?? ''} />;
  if (all === 0) return <div>{name}: no members</div>;
  const memberships = membershipsOf(model, group, people);
  const on = (side: PageSide): number =>
    memberships.reduce((sum, one) => sum + (one.side === side ? one.people.length : 0), 0);
  const [added, removed] = [on('after'), on('before')];
  const moves = [
    ...(added > 0 ? [`${number(added)} new`] : []),
    ...(removed > 0 ? [`${number(removed)} removed`] : []),
  ];
  const of = people.length < all ? `${number(people.length)} of ${peopleWords(all)}` : peopleWords(all);
  const count = moves.length === 0 ? of : `${of}, ${moves.join(' and ')}`;
  return (
    <Details
      summary={
        <>
          {name}: {count}
        </>
      }
    >
      {() => (
        <Listed>
          {memberships.flatMap((membership) =>
            membership.people.map((person, index) => (
              <span key={person}>
                <SideMark side={membership.side} />
                <Person model={model} person={person} />
                {(membership.until ?? membership.wasUntil) !== undefined && (
                  <>
                    {' '}
                    (member until <Until {...membership} />)
                  </>
                )}
                {membership.status === 'undeclared' && ' (member, not in the file)'}
                <SaidOf model={model} why={membership.why[index]} />
              </span>
            )),
          )}
        </Listed>
      )}
    </Details>
  );
}

/** What the line of a membership says of why, among other people. */
function SaidOf({ model, why }: { model: Model; why: number | undefined }): JSX.Element {
  const text = whyText(model, why);
  return text === '' ? <></> : <span class="quiet small"> (why: {text})</span>;
}

/** `group platform`, and by which line the person is in it. */
function Through({ model, group, person }: { model: Model; group: number; person: number }): JSX.Element {
  const places = membershipPlaces(model, group, person);
  const memberships = membershipsOf(model, group, [person]);
  const [side] = memberships.flatMap((one) => one.side ?? []);
  return (
    <div>
      <SideMark side={side} />
      group <Name text={model.groups[group]?.name ?? ''} />
      {places.length > 0 && (
        <span class="quiet small">
          {' '}
          member by <Places model={model} places={places} />
        </span>
      )}
      {memberships.map(({ why: [first] }, at) => (
        <Why key={at} model={model} why={first} label="Why a member" />
      ))}
    </div>
  );
}

const namedAtOnce = 3;

function Direct({ model, people }: PeopleProps): JSX.Element {
  if (people.length === 0) return <></>;
  const all = (): JSX.Element => (
    <Listed>
      {people.map((person) => (
        <Person key={person} model={model} person={person} />
      ))}
    </Listed>
  );
  if (people.length > namedAtOnce) return <Details summary={`${peopleWords(people.length)} directly`}>{all}</Details>;
  return (
    <div>
      {all()} <span class="quiet small">directly</span>
    </div>
  );
}

/** Where a grant goes on and the memberships behind it end. */
function MembershipEnds({ model, shown }: { model: Model; shown: ShownGrant }): JSX.Element {
  const ending = shown.groups
    .flatMap(({ group, people }) => membershipsOf(model, group, people))
    .filter(({ until, wasUntil }) => (until ?? wasUntil) !== undefined)
    .sort((a, b) => compareTexts(a.until ?? '', b.until ?? ''));
  const [first] = ending;
  if (!first) return <></>;
  const count = ending.reduce((sum, { people }) => sum + people.length, 0);
  return (
    <div class="small">
      {counted(count, 'membership')}: {count > 1 && 'first '}
      <Until {...first} />
    </div>
  );
}

/** By which lines a person is in a group. */
export const membershipPlaces = (model: Model, group: number, person: number): PagePlace[] =>
  membershipsOf(model, group, [person]).flatMap(({ places }) => places);
