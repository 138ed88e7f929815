import { describe, expect, it } from 'vitest';
import { resolveHomeRegion } from '../../src/source/home-region.ts';

const resolve = (region: string | undefined, ofFile: string | undefined, env: Record<string, string> = {}) =>
  resolveHomeRegion(
    { identityCenter: { ...(ofFile !== undefined && { region: ofFile }), directory: 'identity-center' } },
    { region, env },
  );

describe('the home region', () => {
  const env = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };

  it('is that of the flag, then of the file, then of AWS_REGION, then of AWS_DEFAULT_REGION', () => {
    expect(resolve('us-west-2', 'us-east-1', env)).toBe('us-west-2');
    expect(resolve(undefined, 'us-east-1', env)).toBe('us-east-1');
    expect(resolve(undefined, undefined, env)).toBe('eu-west-1');
    expect(resolve(undefined, undefined, { ...env, AWS_REGION: '' })).toBe('eu-west-2');
    expect(resolve(undefined, undefined)).toBeUndefined();
  });

  it.each([
    ['us_east_1', '"us_east_1" of --region is not an AWS region; did you mean "us-east-1"?'],
    ['EU-Central-1', '"EU-Central-1" of --region is not an AWS region; did you mean "eu-central-1"?'],
    ['Frankfurt', '"Frankfurt" of --region is not an AWS region; did you mean "us-east-1"?'],
    ['', '"" of --region is not an AWS region; did you mean "us-east-1"?'],
  ])('%j is none', (region, message) => {
    expect(() => resolve(region, undefined)).toThrow(message);
  });

  it('names the variable that has something else', () => {
    expect(() => resolve(undefined, undefined, { AWS_DEFAULT_REGION: 'eu west 2' })).toThrow(
      '"eu west 2" of AWS_DEFAULT_REGION is not an AWS region',
    );
  });

  it('may be one that idc does not know yet', () => {
    expect(resolve('xx-north-9', undefined)).toBe('xx-north-9');
  });
});
