import { createContext, options } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** On paper all that can be opened is open. */
export const Printing = createContext(false);

/** So many grants are printed, and so many names of one list: a browser takes minutes to lay out more. What is left out is said. */
export const printedGrants = 300;
export const printedNames = 100;

/** Whether the page is being printed. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useLayoutEffect(() => {
    const { debounceRendering } = options;
    const set = (next: boolean) => (): void => {
      // The browser does not wait: what is not there when this returns is not on the paper.
      options.debounceRendering = (render) => render();
      setPrinting(next);
      if (debounceRendering) options.debounceRendering = debounceRendering;
      else delete options.debounceRendering;
    };
    const [begin, end] = [set(true), set(false)];
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
