import * as z from '../../core/zod.ts';

export const region = z.text(z.regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'is not an AWS region such as us-east-1'));

export const output = z.enum(['json', 'yaml', 'yaml-stream', 'text', 'table', 'off']);

/** What a person, a permission set or an account says about its profiles. */
export const profilePreferences = {
  region: z
    .optional(region)
    .register(z.docs, { description: 'The region of these profiles.', examples: ['eu-central-1'] }),
  output: z.optional(output).register(z.docs, { description: "The AWS CLI's output format in these profiles." }),
};
