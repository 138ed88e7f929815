import type { JSX } from 'preact';
import { powers } from '../../core/access.ts';
import type { PageRole } from '../data.ts';
import type { Model } from '../model/model.ts';
import { people as peopleWords } from '../model/sentence.ts';
import { Details } from './details.tsx';
import { Account, Listed, Name, Person, PowerWord } from './names.tsx';
import { Table } from './table.tsx';

interface Props {
  model: Model;
  roles: readonly PageRole[];
}

/** What account access manager gives beside permission sets. */
export function Roles({ model, roles }: Props): JSX.Element {
  if (roles.length === 0) return <></>;
  return (
    <section class="roles">
      <h3>Roles of account access manager</h3>
      <p class="quiet">
        IAM roles that are given beside permission sets. What they allow is not known, and they are in none of the
        numbers above.
      </p>
      <Table titles={['Power', 'Role', 'Who', 'Account']}>
        {roles.map(({ role, account, group, people }) => (
          <tr key={`${role}/${group}/${people[0]}`} role="row">
            <td role="cell">
              <PowerWord power={powers.indexOf('unknown')} ends={false} />
            </td>
            <td role="cell" class="role">
              <Name text={role} />
            </td>
            <td role="cell" class="who">
              <Holders model={model} group={group} people={people} />
            </td>
            <td role="cell">
              <Account model={model} account={account} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Holders({ model, group, people }: { model: Model; group: string | undefined; people: number[] }): JSX.Element {
  const all = (): JSX.Element => (
    <Listed>
      {people.map((person) => (
        <Person key={person} model={model} person={person} />
      ))}
    </Listed>
  );
  if (group === undefined) {
    return (
      <>
        {all()} <span class="quiet small">directly</span>
      </>
    );
  }
  return (
    <Details
      summary={
        <>
          <Name text={group} />: {people.length === 0 ? 'no members' : peopleWords(people.length)}
        </>
      }
    >
      {all}
    </Details>
  );
}
