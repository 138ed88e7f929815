/** What becomes of a call instead of an answer: its connection is closed, or stays open and silent. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';
  readonly how: 'cut' | 'silent';

  constructor(how: 'cut' | 'silent') {
    super(how === 'cut' ? 'The connection is closed without an answer' : 'No answer comes');
    this.how = how;
  }
}
