import { person } from './live.ts';

/** Something of everything that a file can say. */
export const everything = {
  users: {
    ann: {
      ...person('ann'),
      title: 'Lead',
      department: 'Platform',
      manager: 'bob',
      phoneNumber: '+1',
      address: { country: 'Japan' },
    },
    bob: person('bob'),
    cy: person('cy'),
  },
  groups: { ops: { description: 'Runs it', members: ['ann', 'bob'] }, dev: { members: ['cy'] } },
  permissionSets: {
    Full: {
      description: 'All of it',
      sessionDuration: '2h',
      relayState: 'https://a.example/',
      managedPolicies: ['ReadOnlyAccess', 'job-function/Billing'],
      customerManagedPolicies: [{ name: 'deployer', path: '/team/' }],
      permissionsBoundary: { managedPolicy: 'PowerUserAccess' },
      inlinePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
      tags: { a: '1', b: '2' },
    },
    Bare: {},
  },
  assignments: [
    { groups: ['ops'], users: ['cy'], permissionSets: ['Full', 'Bare'], accounts: ['production', 'staging'] },
    { groups: ['dev'], permissionSets: ['Bare'], accounts: ['management'] },
  ],
  applicationAssignments: [{ groups: ['ops'], users: ['cy'], applications: ['Salesforce', 'Wiki'] }],
  accessControlAttributes: { title: ['${path:title}'] },
  trustedTokenIssuers: {
    okta: {
      issuerUrl: 'https://okta.example',
      claimAttributePath: 'email',
      identityStoreAttributePath: 'emails.value',
    },
    entra: { issuerUrl: 'https://entra.example', claimAttributePath: 'sub', identityStoreAttributePath: 'userName' },
  },
};

/** Every part of it changed or gone, and others in its place. */
export const changed = {
  users: {
    ann: { ...person('ann'), nickName: 'A', department: 'Data', address: { country: 'Germany' } },
    bob: { ...person('bob'), phoneNumber: '+2' },
  },
  groups: { ops: { members: ['bob'] }, qa: { members: ['ann'] } },
  permissionSets: {
    Full: { relayState: 'https://b.example/', managedPolicies: ['SecurityAudit'], tags: { b: '3' } },
    Bare: {
      permissionsBoundary: { customerManagedPolicy: { name: 'edge' } },
      inlinePolicy: everything.permissionSets.Full.inlinePolicy,
    },
  },
  assignments: [{ groups: ['ops', 'qa'], permissionSets: ['Full'], accounts: ['production'] }],
  applicationAssignments: [{ groups: ['ops', 'qa'], applications: ['Wiki'] }],
  accessControlAttributes: { title: ['${path:userType}'], email: '${path:emails[primary eq true].value}' },
  trustedTokenIssuers: {
    okta: { issuerUrl: 'https://okta.example', claimAttributePath: 'sub', identityStoreAttributePath: 'userName' },
  },
};

/** All sections there, and empty. */
export const nothing = {
  users: {},
  groups: {},
  permissionSets: {},
  assignments: [],
  applicationAssignments: [],
  accessControlAttributes: {},
  trustedTokenIssuers: {},
};
