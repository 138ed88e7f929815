import { ok, type Check } from '../check.ts';

/** Whether the file says which instance it is for. */
export const pinnedInstance: Check = {
  of: 'both',
  name: 'pinned-instance',
  why: 'With the wrong credentials or the wrong region, a file could be applied to another instance; without a pin, nothing real is removed.',
  needs: ['document'],
  look({ context: { instance }, document, isLocal }) {
    const pinned = document.identityCenter.instanceArn;
    if (pinned === instance.arn) return ok('The file is for this instance.');
    if (pinned !== undefined) {
      return {
        status: 'failed',
        found: `The file is for ${pinned}, and this is ${instance.arn}: every plan is refused.`,
        next: isLocal
          ? [{ text: 'Remove the folder .idc beside the file: a new local Identity Center takes the ARN of the file.' }]
          : [
              {
                text: 'Use the credentials and the region of that instance; or, if this is the one, write under identityCenter:',
                line: `instanceArn: ${instance.arn}`,
              },
            ],
      };
    }
    if (isLocal) return ok('The embedded Identity Center needs no pin.');
    return {
      status: 'warning',
      found: 'The file does not say which instance it is for: plans that remove anything are refused.',
      next: [{ text: 'Write this into the file, under identityCenter:', line: `instanceArn: ${instance.arn}` }],
    };
  },
};
