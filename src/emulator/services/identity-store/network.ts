import { BlockList, isIPv6 } from 'node:net';
import type { Context, Source } from '../../core/context.ts';
import { accessDenied } from '../../core/errors.ts';
import type { NetworkConfiguration } from '../../core/world.ts';
import { storeArn } from './arns.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** From where every call comes. */
    source: Source;
    /** Whether the network rules of an identity store are also about the operations that read and change these rules. */
    networkRulesAboutThemselves: 'apply' | 'open';
  }
}

/** Throws what an identity store answers from where its network rules don't let it be called. */
export function refuseOtherNetworks(context: Context): void {
  const { world, caller, operation, behaviour, source } = context;
  const { NetworkConfiguration: rules } = world.instance;
  if (!rules || !source || mayCall(source, rules)) return;
  if (behaviour.networkRulesAboutThemselves === 'open' && /IdentityStores?$/.test(operation)) return;
  throw accessDenied(caller.arn, `identitystore:${operation}`, storeArn(world));
}

/** API model: an address that is allowed passes whatever else is required. */
function mayCall(
  { ip, vpc }: Source,
  { VpceAccessRequired, ApiRestrictSourceVpcs = [], ApiAllowSourceIps = [] }: NetworkConfiguration,
): boolean {
  if (ApiAllowSourceIps.some((range) => isIn(ip, range))) return true;
  if (ApiRestrictSourceVpcs.length > 0) return vpc !== undefined && ApiRestrictSourceVpcs.includes(vpc);
  return !VpceAccessRequired || vpc !== undefined;
}

function isIn(ip: string, range: string): boolean {
  const [net = '', prefix] = range.split('/');
  const family = isIPv6(net) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(net, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}
