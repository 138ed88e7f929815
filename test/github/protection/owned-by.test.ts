import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../../src/github/protection/owned-by.ts';

// The examples of "About code owners" in GitHub's documentation, and what it says of gitignore's rules that do not hold.
const file = `# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/github
/config\\ files/ @spaces
/deep/** @deep
/one/*/three @star
[ab].txt @range
!/build/ @nobody
`;

describe('the owners of a path', () => {
  it.each<[string, string[]]>([
    ['README.md', ['@global-owner1', '@global-owner2']],
    ['a/b/c.js', ['@js-owner']],
    ['x.go', ['docs@example.com']],
    ['build/logs/a/b.txt', ['@octocat']],
    ['docs/getting-started.md', ['docs@example.com']],
    ['docs/build-app/troubleshooting.md', ['@global-owner1', '@global-owner2']],
    ['apps/x', ['@octocat']],
    ['deeply/apps/x', ['@octocat']],
    ['scripts/a/b', ['@doctocat', '@octocat']],
    ['other/scripts/a', ['@global-owner1', '@global-owner2']],
    ['x/logs/y', ['@octocat']],
    ['apps/github/x', []],
    ['config files/x', ['@spaces']],
    ['deep/a/b', ['@deep']],
    ['one/two/three/four', ['@star']],
    ['one/two/more/three', ['@global-owner1', '@global-owner2']],
    ['a.txt', ['@global-owner1', '@global-owner2']],
    ['[ab].txt', ['@range']],
    ['readme.JS', ['@global-owner1', '@global-owner2']],
  ])('of %s are those of the last line that matches', (path, owners) => {
    expect(ownersOf(file, new Set())(path)).toEqual(owners);
  });

  it('are not taken from a line that GitHub ignores', () => {
    expect(ownersOf('* @a\n*.js @ghost\n', new Set([2]))('x.js')).toEqual(['@a']);
    expect(ownersOf('*.js @ghost\n', new Set([1]))('x.js')).toEqual([]);
  });
});
