import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';

/** On paper all that can be opened is open. */
export const Printing = createContext(false);

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
