import type { Aws } from '../aws/connect.ts';
import { readLive } from '../reconcile/read.ts';
import { kinds } from '../kinds/index.ts';
import { readContext } from './context.ts';
import { withLookUps } from './look-ups.ts';
import { refuseOtherInstance } from './refuse-other-instance.ts';
import type { StateSource } from './source.ts';

/** What is live in AWS now, or in the embedded Identity Center. */
export function liveSource(connected: Aws, { isLocal }: { isLocal: boolean }): StateSource {
  return {
    isLocal,
    async open(document, { only, earlier = [], asked, showsUnits } = {}) {
      refuseOtherInstance(document, connected.instance.arn, { isLocal });
      const aws = await withLookUps(connected, document);
      const context = await readContext(aws, [document, ...earlier], { only, asked, showsUnits });
      return { context, read: (options) => readLive(kinds, aws, options) };
    },
    accountAccess: async () => {
      const { readAccountAccess } = await import('../aws/account-access/read.ts');
      return readAccountAccess(connected);
    },
    underWay: () => connected.unlessDenied(connected.requests.underWay(['creation', 'deletion'])),
  };
}
