import type { NetworkRules } from '../../aws/network-rules.ts';
import { listOf } from '../../core/words.ts';
import { ok, type Check } from '../check.ts';

/** Whether the identity store answers from everywhere. */
export const networkRules: Check = {
  of: 'instance',
  name: 'network-rules',
  why: 'From another network the identity store denies every call, whatever rights a role has.',
  needs: ['network-rules'],
  look({ networkRules: rules, rights, context: { instance } }) {
    const denied = rights.denied.filter(({ action }) => action.startsWith('identitystore:'));
    const see = `aws identitystore describe-identity-store --identity-store-id ${instance.identityStoreId} --region ${instance.region}`;
    if (!rules) {
      const untold = 'AWS did not tell them (identitystore:DescribeIdentityStore)';
      if (denied.length === 0) return ok(`The identity store answers here. Its network rules: ${untold}.`);
      return {
        status: 'warning',
        found: `AWS denies calls of the identity store. Network rules may be the cause: ${untold}.`,
        next: [{ text: 'See them with another role, or from another network:', line: see }],
      };
    }
    const from = describeSources(rules);
    if (from === undefined) return ok('The identity store has no network rules.');
    const found = `The identity store answers ${from} only.`;
    if (denied.length > 0) {
      return {
        status: 'failed',
        found: `${found} AWS denies calls of it from here, for that reason or because the role lacks rights.`,
        next: [
          { text: 'Run idc from there, or let an administrator add the address of this network to ApiAllowSourceIps.' },
        ],
      };
    }
    return { status: 'note', found: `${found} This network is one of these.` };
  },
};

/** As API model: an address that is allowed passes whatever else is required. Undefined where nothing is. */
function describeSources({
  VpceAccessRequired,
  ApiRestrictSourceVpcs: vpcs,
  ApiAllowSourceIps: addresses,
}: NetworkRules): string | undefined {
  if (!VpceAccessRequired && vpcs.length === 0) return undefined;
  const endpoint = VpceAccessRequired ? ['through a VPC endpoint', ...(vpcs.length > 0 ? ['in'] : [])] : ['from'];
  const there = [...endpoint, ...(vpcs.length > 0 ? [listOf(vpcs, 5)] : [])].join(' ');
  return addresses.length === 0 ? there : `${there}, and from ${listOf(addresses, 5)}`;
}
