import { describe, expect, it } from 'vitest';
import { fitName, fitPath } from '../../../src/access-page/browser/fit.ts';

describe('what a narrow column is called', () => {
  it.each([
    ['Workloads/Prod', 14, 'Workloads/Prod'],
    ['Workloads/Prod', 10, '…/Prod'],
    ['Workloads/Europe/Prod', 15, '…/Europe/Prod'],
    ['Workloads/Europe/Prod', 12, '…/Prod'],
    ['Infrastructure', 5, 'Infrastructure'],
  ])('has the end of the path %j in %i characters', (path, room, shown) => {
    expect(fitPath(path, room)).toBe(shown);
  });

  it.each([
    ['payments-api-prod', 17, 'payments-api-prod'],
    ['payments-api-prod', 11, 'payme…-prod'],
    ['zahlungen-🏦-prod', 7, 'zah…rod'],
  ])('has both ends of the name %j in %i characters', (name, room, shown) => {
    expect(fitName(name, room)).toBe(shown);
  });
});
