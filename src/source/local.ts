import path from 'node:path';
import { accountIdsByName } from '../config/schema/accounts-section.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { type AccountTarget, isUnitId, unitNameOf } from '../core/account-target.ts';
import { ReportedError } from '../core/errors.ts';
import { accountTargets, includeScopes } from '../accounts/references.ts';
import { lock } from './lock.ts';
import type { Connection } from './session.ts';

/** The embedded Identity Center while it runs. */
export interface Local {
  url: string;
  /** Its home region. */
  region: string;
  close(): Promise<void>;
}

/**
 * The embedded Identity Center: kept in a folder that one run at a time uses.
 * @param region the one that is named; without it, its own, which for a new one is us-east-1.
 */
export async function startLocal(
  { clock, startEmulator }: Pick<Connection, 'clock' | 'startEmulator'>,
  document: IdentityDocument,
  region: string | undefined,
  folder: string,
): Promise<Local> {
  const release = await lock(folder, clock);
  try {
    const { instanceArn } = document.identityCenter;
    const accounts = Array.from(accountIdsByName(document), ([name, id]) => ({ id, name }));
    // Somebody has to own the organization: the first account of the file.
    const [first] = accounts;
    const emulator = await startEmulator({
      store: path.join(folder, 'local.json'),
      seed: {
        ...(region !== undefined && { region }),
        ...(instanceArn !== undefined && { instanceArn }),
        ...(first && { accounts, managementAccountId: first.id, organizationalUnits: unitPaths(document) }),
      },
      // A policy that AWS has made since the emulator's list was must not end a rehearsal.
      behaviour: { unknownManagedPolicy: 'attached' },
    });
    return {
      url: emulator.url,
      region: region ?? emulator.world.instance.Region,
      close: async () => {
        await emulator.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw new ReportedError(
      'local-unusable',
      `The local Identity Center can't be started: ${(error as Error).message}`,
      `Remove the folder ${folder} to start with a new one.`,
    );
  }
}

/** The units that the file names: they are there, and empty until somebody moves an account. */
function unitPaths(document: IdentityDocument): string[] {
  const targets: AccountTarget[] = [...accountTargets(document), ...includeScopes(document)].map(([target]) => target);
  const units = targets.flatMap((target) =>
    [target, target.except ?? {}].flatMap(({ organizationalUnits = [] }) => organizationalUnits.map(unitNameOf)),
  );
  return [...new Set(units)].filter((unit) => !isUnitId(unit));
}
