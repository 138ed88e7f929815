/** The look of all pages. Sizes are relative, colours have a contrast of 4.5 to 1 at least, in light and in dark. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f7; --card: #fff; --ink: #1b1f24; --soft: #545d68; --line: #d3d9e0; --edge: #77818c;
  --main: #0b57d0; --on-main: #fff; --notice: #fff2c4; --on-notice: #423200; --chip: #eaf0f9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1317; --card: #191f26; --ink: #e8ebee; --soft: #a9b3be; --line: #323b45; --edge: #8b96a2;
    --main: #8ab4f8; --on-main: #0a1a33; --notice: #3b300c; --on-notice: #ffe9a8; --chip: #26303c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.notice { margin: 0; padding: .6rem 1rem; background: var(--notice); color: var(--on-notice); text-align: center; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.5rem 2rem 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
p { margin: 0 0 1rem; }
a { color: var(--main); }
b, dt, dd span, .choice span, small { unicode-bidi: isolate; }
.after { margin: 1.25rem 0 0; }
.soft { color: var(--soft); }
.code { display: block; margin: 0 0 1rem; padding: .5rem; border: 1px dashed var(--edge); border-radius: .5rem; font: 600 1.5rem/1.4 ui-monospace, monospace; letter-spacing: .08em; text-align: center; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
legend, .label { display: block; margin-bottom: .5rem; padding: 0; font-weight: 600; }
.choice { display: flex; gap: .75rem; align-items: center; padding: .6rem .75rem; border: 1px solid var(--line); cursor: pointer; }
.choice + .choice { border-top: 0; }
.choice:first-of-type { border-radius: .5rem .5rem 0 0; }
.choice:last-of-type { border-radius: 0 0 .5rem .5rem; }
.choice:only-of-type { border-radius: .5rem; }
.choice:hover, .choice:has(:checked) { background: var(--chip); }
.choice input { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--main); }
.choice span { min-width: 0; }
.choice small { display: block; color: var(--soft); font-size: .875rem; line-height: 1.3; }
.field { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--card); color: inherit; font: inherit; }
.field::placeholder { color: var(--soft); opacity: 1; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.search { margin-bottom: 1.25rem; }
.search .row { flex-wrap: nowrap; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--edge); border-radius: .5rem; background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
.main { border-color: var(--main); background: var(--main); color: var(--on-main); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.reach { margin: 0 0 1.5rem; }
.reach div { padding: .6rem 0; border-top: 1px solid var(--line); }
.reach dt { font-weight: 600; }
.reach dt small { color: var(--soft); font-weight: 400; font-size: .875rem; }
.reach dd { display: flex; flex-wrap: wrap; gap: .4rem; margin: .35rem 0 0; }
.chip { padding: .1rem .6rem; border-radius: 1rem; background: var(--chip); font-size: .9rem; }
@media (max-width: 40rem) {
  main { margin: 0; padding: 1.25rem 1rem 2rem; border-width: 1px 0; border-radius: 0; }
  .row button { flex: 1 1 8rem; }
  .search .row button { flex: none; }
}
`;
