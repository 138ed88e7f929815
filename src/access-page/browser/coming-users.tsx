import type { JSX } from 'preact';
import type { Model } from '../model/model.ts';
import { counted } from '../model/sentence.ts';
import { comingUsers, type ComingUser } from '../model/users.ts';
import { Details } from './details.tsx';
import { Listed, Person } from './names.tsx';

const namedAtOnce = 8;

/** Who comes and who goes as a user, also those who hold nothing. */
export function ComingUsers({ model, who }: { model: Model; who: string }): JSX.Element {
  const { before, after } = comingUsers(model, who);
  return (
    <>
      <Users model={model} users={after} what="new user" holds="holds" />
      <Users model={model} users={before} what="removed user" holds="held" />
    </>
  );
}

interface Props {
  model: Model;
  users: readonly ComingUser[];
  what: string;
  holds: string;
}

function Users({ model, users, what, holds }: Props): JSX.Element {
  if (users.length === 0) return <></>;
  const empty = users.filter(({ accounts }) => accounts === 0).length;
  const all = (): JSX.Element => (
    <Listed>
      {users.map(({ person, accounts }) => (
        <span key={person}>
          <Person model={model} person={person} /> ({holds}{' '}
          {accounts === 0 ? 'nothing' : `access in ${counted(accounts, 'account')}`})
        </span>
      ))}
    </Listed>
  );
  const title = counted(users.length, what);
  if (users.length <= namedAtOnce) {
    return (
      <p class="users">
        {title}: {all()}
      </p>
    );
  }
  return (
    <div class="users">
      <Details summary={`${title}${empty === 0 ? '' : `, of whom ${empty} ${holds} nothing`}`}>{all}</Details>
    </div>
  );
}
