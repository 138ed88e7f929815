import { defaultPortalUrl } from '../../core/access-portal.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** Whether profiles can be made from the file alone. */
export const offlineProfiles: Check = {
  of: 'file',
  name: 'offline-profiles',
  why: 'Where the file says it all, anybody can make profiles without AWS credentials; else each takes a live read or a snapshot.',
  needs: ['document'],
  look({ document: { cli }, file, connection: { context } }) {
    const { profileGap } = file;
    if (profileGap !== undefined) {
      return {
        status: 'note',
        found: `Profiles can't be made from the file alone: ${profileGap}.`,
        next: [
          {
            text: 'Let people make them from a snapshot:',
            line: idcLine('profiles NAME --snapshot live.json', { file, flags: [] }),
          },
        ],
      };
    }
    if (cli.startUrl !== undefined) return ok('The file alone says all that profiles need.');
    const usual = context?.instance ? defaultPortalUrl(context.instance) : undefined;
    const where = 'console: IAM Identity Center > Settings > AWS access portal URL';
    return {
      status: 'note',
      found: "Profiles can't be made from the file alone: it does not say the access portal's URL.",
      next: [
        usual === undefined
          ? { text: `Write it into the file, under cli, startUrl (${where}).` }
          : {
              text: `Write it into the file, under cli; it is this one unless somebody gave it another name (${where}):`,
              line: `startUrl: ${usual}`,
            },
      ],
    };
  },
};
