import type { ComponentChildren, JSX } from 'preact';

interface Props {
  titles: readonly string[];
  children: ComponentChildren;
}

/** A table of grants. Its roles are those of the elements, which lose them where they are cards on a phone. */
export const Table = ({ titles, children }: Props): JSX.Element => (
  <table class="grants" role="table">
    <thead role="rowgroup">
      <tr role="row">
        {titles.map((title) => (
          <th key={title} scope="col" role="columnheader">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
  </table>
);
