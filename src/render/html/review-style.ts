/** The look of a review: on a screen, on a phone, on paper. */
export const reviewStyle = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1a1d21; --quiet: #545b66; --line: #d5d9de; --box: #f4f6f8;
  --link: #0b4f9e; --due: #8a3a00; --due-box: #fff1e0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --text: #e6e9ed; --quiet: #a5adb8; --line: #343a42; --box: #1e2228;
    --link: #8fc1ff; --due: #ffc58a; --due-box: #3a2510;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
main { max-width: 1200px; margin: 0 auto; padding: 16px 20px 32px; }
h1 { margin: 0 0 4px; font-size: 21px; line-height: 1.3; }
h2 { margin: 28px 0 4px; font-size: 17px; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0 0 8px; max-width: 80ch; }
a { color: var(--link); }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 8px 0 0; padding: 0; list-style: none; }
nav li { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead .what { width: 29%; }
thead .who { width: 14%; }
thead .since { width: 12%; }
thead .reviewed, thead .ends { width: 9%; }
thead .where { width: 16%; }
th, td { padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-weight: 600; font-size: 13px; white-space: nowrap; }
tbody th { font-weight: 600; }
.note { font-weight: 400; font-size: 13px; }
.due { width: fit-content; margin: 4px 0 0; padding: 1px 8px; border-radius: 4px; background: var(--due-box); color: var(--due); font-weight: 600; font-size: 13px; }
h3 { margin: 14px 0 2px; font-size: 14px; }
.people { overflow-wrap: anywhere; }
.people:target h3 { background: var(--due-box); }
.place { white-space: nowrap; }
.paper { display: none; }
@media screen and (max-width: 720px) {
  main { padding: 12px 14px 24px; }
  table, tbody, tr, th, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tr { padding: 10px 12px; margin: 0 0 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--box); }
  th, td { padding: 0; border: 0; }
  td { display: grid; grid-template-columns: 92px 1fr; gap: 0 8px; margin-top: 4px; }
  td::before { content: attr(data-label); color: var(--quiet); }
  td:empty { display: none; }
}
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { --page: #fff; --text: #000; --quiet: #333; --line: #999; --box: #fff; --link: #000; --due: #000; --due-box: #fff; }
  body { font-size: 9pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  section { break-before: page; }
  section:first-of-type { break-before: auto; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .due { padding: 0; border: 0; }
  a { text-decoration: none; }
  th, td { padding-right: 6pt; }
  thead th { white-space: normal; overflow-wrap: normal; }
  th, .note, .due, code { font-size: inherit; }
  thead .what { width: 22%; }
  thead .who { width: 13%; }
  thead .since { width: 11%; }
  thead .why { width: 9%; }
  thead .reviewed, thead .ends { width: 20mm; }
  thead .where { width: auto; }
  thead .paper { width: 25mm; }
  td.paper, th.paper { display: table-cell; white-space: nowrap; }
  td.paper::before { content: '\\2610  yes   \\2610  no'; color: inherit; }
  .paper { display: block; }
  .sign { margin-top: 16pt; }
  .sign span { display: inline-block; width: 60mm; margin: 0 8mm 0 2mm; border-bottom: 1px solid #000; }
}
`;
