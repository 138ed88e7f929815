import type { ComponentChildren, JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Printing } from './printing.ts';

/** Opens to what is made only then: there can be thousands of names in it. */
export function Details({ summary, children }: { summary: ComponentChildren; children(): JSX.Element }): JSX.Element {
  const [isOpen, open] = useState(false);
  const isPrinting = useContext(Printing);
  const isShown = isOpen || isPrinting;
  return (
    <details open={isShown} onToggle={({ currentTarget }) => !isPrinting && open(currentTarget.open)}>
      <summary>{summary}</summary>
      {isShown && <div class="opened">{children()}</div>}
    </details>
  );
}
