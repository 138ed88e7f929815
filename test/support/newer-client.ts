import * as client from '@aws-sdk/client-identitystore';

/** `[kind, namespace, name, traits, names of members, their schemas]`, as the SDK's generated code has it. */
type StructureSchema = [number, string, string, number, string[], unknown[]];

const string = 0;

/**
 * Teaches the SDK of this process what the API model of botocore 1.43.107 has and the SDK's newest version lacks: the revisions
 * of users and groups. Before the first call, and for good, so only in a file that has a process of its own.
 */
export function teachRevisions(): void {
  const schemas = client as unknown as Record<string, StructureSchema>;
  const things = ['User', 'Group'];
  const operations = things.flatMap((thing) => [
    `Describe${thing}Response`,
    `Create${thing}Response`,
    `Update${thing}Request`,
    `Update${thing}Response`,
    `Delete${thing}Request`,
  ]);
  for (const name of [...things, ...operations]) {
    const schema = schemas[`${name}$`];
    if (schema?.[2] !== name || schema[4].includes('Revision')) throw new Error(`${name} can't be taught revisions`);
    schema[4].push('Revision');
    schema[5].push(string);
  }
}
