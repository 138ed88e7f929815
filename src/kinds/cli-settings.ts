import * as z from '../core/zod.ts';

export const region = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'is no AWS region such as us-east-1');

export const output = z.enum(['json', 'yaml', 'yaml-stream', 'text', 'table', 'off']);

/** What a person, a permission set or an account says about its profiles. */
export const profilePreferences = {
  region: region.optional().meta({ description: 'The region of these profiles.', examples: ['eu-central-1'] }),
  output: output.optional().meta({ description: "The AWS CLI's output format in these profiles." }),
};
