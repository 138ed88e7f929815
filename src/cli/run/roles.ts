import type { LoadedFile } from '../../config/load.ts';
import { defaultFile } from '../../core/file-name.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import type { RolesAnswer } from '../../core/roles-answer.ts';
import { renderEks } from '../../render/roles/eks.ts';
import { renderTerraform } from '../../render/roles/terraform.ts';
import { renderRoles } from '../../render/text/roles-text.ts';
import { answerRoles, type IamAnswer } from '../../roles/answer.ts';
import { filePlaces, livePlaces, type RolePlaces, snapshotPlaces } from '../../roles/places.ts';
import { type RoleFilters, selectRoles } from '../../roles/select.ts';
import { resolveHomeRegion } from '../../source/home-region.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { withCliSession, withSnapshot, type SourceFlags } from '../session.ts';

export interface RolesFlags extends SourceFlags, RoleFilters {
  format: 'text' | 'json' | 'eks' | 'terraform';
  /** Asks the file alone. */
  offline?: boolean;
  /** AWS profiles whose accounts' IAM is asked too. */
  iamProfile?: string[];
}

/** Prints the roles of permission sets, with the ARNs that IAM tells. Changes nothing. */
export async function roles(io: Io, flags: RolesFlags, asked: string | undefined): Promise<number> {
  const path = asked ?? defaultFile;
  const loaded = loadOptional(flags.offline ? path : asked, path) ?? emptyFile();
  const { places, iam } = await readRoles(io, flags, loaded, path);
  const chosen = selectRoles(places, flags);
  const others = await askProfiles(io, flags, places.home.region);
  const answer = answerRoles(places, chosen, [...iam, ...others]);
  io.out(printed(io, flags, answer));
  return exitCodes.done;
}

function printed(io: Io, flags: RolesFlags, answer: RolesAnswer): string {
  switch (flags.format) {
    case 'json':
      return `${sanitizeJson(JSON.stringify(answer, null, 2))}\n`;
    case 'eks':
      return renderEks(answer);
    case 'terraform':
      return renderTerraform(answer);
    case 'text':
      return renderRoles(answer, {
        color: wantsColor(io, flags, io.outIsTerminal),
        width: io.columns(),
        now: io.now(),
      });
  }
}

async function readRoles(
  io: Io,
  flags: RolesFlags,
  loaded: LoadedFile,
  path: string,
): Promise<{ places: RolePlaces; iam: IamAnswer[] }> {
  if (flags.offline) {
    const region = resolveHomeRegion(loaded.document, { region: flags.region, env: io.env });
    return { places: filePlaces(loaded, path, region, io.now()), iam: [] };
  }
  if (flags.snapshot !== undefined) {
    const read = withSnapshot(io, flags.snapshot, flags, loaded.document, (state) => snapshotPlaces(state, loaded));
    return { places: await read, iam: [] };
  }
  return withCliSession(io, flags, { document: loaded.document, path }, async ({ aws }) => {
    const { readRolesOfCaller } = await import('../../aws/iam/roles.ts');
    // Credentials made for another endpoint are not sent to the real IAM.
    const isElsewhere = Boolean(io.env['AWS_ENDPOINT_URL_SSO_ADMIN']) && !asksSameEndpoint(io);
    const [places, own] = await Promise.all([
      livePlaces(aws, loaded, flags.local ?? false),
      isElsewhere && !flags.local ? undefined : readRolesOfCaller(aws),
    ]);
    return { places, iam: own ? [own] : [] };
  });
}

const asksSameEndpoint = ({ env }: Io): boolean => Boolean(env['AWS_ENDPOINT_URL_IAM'] ?? env['AWS_ENDPOINT_URL']);

async function askProfiles(io: Io, { iamProfile = [], verbose }: RolesFlags, region: string): Promise<IamAnswer[]> {
  if (iamProfile.length === 0) return [];
  const [{ readRolesOfProfile }, { checkProfile }] = await Promise.all([
    import('../../aws/iam/roles.ts'),
    import('../../aws/client/profile.ts'),
  ]);
  return Promise.all(
    [...new Set(iamProfile)].map(async (profile) => {
      await checkProfile(profile, io.env);
      const onCall = (line: string): void => io.err(`${line}\n`);
      const found = await readRolesOfProfile(profile, region, { clock: io, ...(verbose && { onCall }) });
      return { ...found, profile };
    }),
  );
}
