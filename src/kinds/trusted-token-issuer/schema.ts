import type { Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { namePatterns } from '../shared/name-patterns.ts';

// Patterns and lengths are those of the sso-admin API model.
const name = z.text(
  z.minLength(1),
  z.maxLength(255),
  z.regex(/^[\w+=,.@-]+$/, 'has a character other than letters, digits and + = , . @ _ -'),
);

const issuerUrl = z.text(
  z.maxLength(512),
  z.regex(
    /^https?:\/\/[-a-zA-Z0-9+&@/%=~_|!:,.;]*[-a-zA-Z0-9+&@/%=~_|]$/,
    'is not the URL of an issuer such as https://login.example.com',
  ),
);

const claimPath = z.text(
  z.maxLength(255),
  z.regex(/^\p{L}+(?:[._]\p{L}+){0,2}$/u, 'is not the path of a claim such as email or preferred_username'),
);

const attributePath = z.text(
  z.maxLength(255),
  z.regex(/^\p{L}+(?:\.\p{L}+){0,2}$/u, 'is not the path of an attribute such as userName or emails.value'),
);

/** An entry of `trustedTokenIssuers`. */
const entry = z
  .strictObject({
    issuerUrl: issuerUrl.register(z.docs, {
      description:
        'The URL of the OpenID Connect issuer. Another one is another trusted token issuer, with an ARN of its own.',
      examples: ['https://login.example.com'],
    }),
    claimAttributePath: claimPath.register(z.docs, {
      description: 'The claim of a token that tells whose it is.',
      examples: ['email'],
    }),
    identityStoreAttributePath: attributePath.register(z.docs, {
      description: 'The attribute of the user that has to have the same value.',
      examples: ['emails.value'],
    }),
    jwksRetrievalOption: z
      .withDefault(z.enum(['OPEN_ID_DISCOVERY']), 'OPEN_ID_DISCOVERY')
      .register(z.docs, { description: "How the issuer's keys are found." }),
    previously: z.optional(name).register(z.docs, { description: 'The old name: it is renamed and keeps its ARN.' }),
  })
  .register(z.docs, {
    title: 'Trusted token issuer',
    description: 'An OpenID Connect issuer whose tokens applications may exchange for those of Identity Center.',
  });

/** The section `trustedTokenIssuers`. */
export const trustedTokenIssuers = {
  name: 'trustedTokenIssuers',
  noun: ['trusted token issuer', 'trusted token issuers'],
  schema: z
    .optional(z.record(name, entry))
    .register(z.docs, { description: 'By name. Absent: trusted token issuers are not managed.' }),
  declares: 'trusted-token-issuer',
  ignore: [
    namePatterns('trustedTokenIssuers', 'trusted-token-issuer', 'Names of trusted token issuers', ['terraform-*']),
  ],
  snippet: {
    label: 'trusted token issuer',
    description: 'An issuer whose tokens are trusted',
    body: {
      '${1:name}': {
        issuerUrl: '${2:https://login.example.com}',
        claimAttributePath: '${3:email}',
        identityStoreAttributePath: '${4:emails.value}',
      },
    },
  },
} as const satisfies Section;
