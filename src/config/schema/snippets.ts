export type JsonSchema = Record<string, unknown>;

interface Snippet {
  label: string;
  description: string;
  body: unknown;
}

/** What an editor inserts whole; `${1:…}` are the parts to fill in. */
const bySection: Record<string, Snippet> = {
  users: {
    label: 'user',
    description: 'A person who can sign in',
    body: { '${1:name}': { givenName: '${2:Given}', familyName: '${3:Family}', email: '${4:name@example.com}' } },
  },
  groups: {
    label: 'group',
    description: 'A group of users',
    body: { '${1:name}': { description: '${2:What it is for}', members: ['${3:user}'] } },
  },
  permissionSets: {
    label: 'permission set',
    description: 'What may be done',
    body: {
      '${1:Name}': {
        description: '${2:What it is for}',
        sessionDuration: '${3:8h}',
        managedPolicies: ['${4:ReadOnlyAccess}'],
      },
    },
  },
};

const assignment: Snippet = {
  label: 'assignment',
  description: 'Groups get permission sets in accounts',
  body: { groups: ['${1:group}'], permissionSets: ['${2:permissionSet}'], accounts: ['${3:account}'] },
};

export function withSnippets(properties: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const result = { ...properties };
  for (const [section, snippet] of Object.entries(bySection)) {
    if (result[section]) result[section] = { ...result[section], defaultSnippets: [snippet] };
  }
  const { items, ...list } = result['assignments'] ?? {};
  result['assignments'] = { ...list, items: { ...(items as JsonSchema), defaultSnippets: [assignment] } };
  return result;
}
