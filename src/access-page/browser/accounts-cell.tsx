import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import { accountsText } from '../model/account-words.ts';
import type { Model } from '../model/model.ts';
import { counted } from '../model/sentence.ts';
import { Account, Listed, Name } from './names.tsx';
import { Details } from './details.tsx';

/** `59 accounts: all but management`, which opens to all of them; one is told by its name. */
export function Accounts({ model, accounts }: { model: Model; accounts: readonly number[] }): JSX.Element {
  const [first = -1] = accounts;
  if (accounts.length === 1) return <Account model={model} account={first} />;
  return (
    <Details
      summary={
        <>
          {counted(accounts.length, 'account')}: <Phrase model={model} accounts={accounts} />
        </>
      }
    >
      {() => (
        <Listed>
          {accounts.map((account) => (
            <Account key={account} model={model} account={account} />
          ))}
        </Listed>
      )}
    </Details>
  );
}

function Phrase({ model, accounts }: { model: Model; accounts: readonly number[] }): JSX.Element {
  const text = accountsText(model, accounts);
  const names = (some: readonly number[]): JSX.Element => (
    <Listed>
      {some.map((account) => (
        <Name key={account} text={model.accounts[account]?.name ?? ''} />
      ))}
    </Listed>
  );
  switch (text.type) {
    case 'all':
      return <>all</>;
    case 'allBut':
      return <>all but {names(text.except)}</>;
    case 'unit':
      return <>all of {sanitize(text.unit)}</>;
    case 'pattern':
      return <Name text={text.pattern} />;
    case 'names':
      return (
        <>
          {names(text.accounts)}
          {text.more > 0 && ` and ${text.more} more`}
        </>
      );
  }
}
