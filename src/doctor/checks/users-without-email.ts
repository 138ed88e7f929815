import { countOf } from '../../core/words.ts';
import { byText, usersIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Users of Identity Center's own directory who can't be sent anything. */
export const usersWithoutEmail: Check = {
  of: 'instance',
  name: 'users-without-email',
  why: "A user created through the API sets the password by e-mail. Without an address, the user can't sign in until an administrator sets a password in the console.",
  needs: ['user'],
  look({ live, document, file }) {
    // An identity provider signs its users in itself.
    const own = usersIn(live).filter(({ external }) => !external);
    if (document.identityCenter.directory === 'external') return ok('The identity provider signs its users in itself.');
    const without = own.filter(({ email }) => email === undefined);
    if (without.length === 0) return ok('Every user has an e-mail address.');
    return {
      status: 'warning',
      found: `${countOf(without.length, 'user')} without an e-mail address.`,
      items: without
        .map(({ userName, displayName, disabled }) => `${userName} (${displayName})${disabled ? ', disabled' : ''}`)
        .sort(byText),
      next: [
        {
          text:
            file && document.users !== undefined
              ? 'Write email: for each of them into the file.'
              : 'Give each of them one (console: IAM Identity Center > Users).',
        },
      ],
    };
  },
};
