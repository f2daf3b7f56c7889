/** How the page looks, on a screen, on a phone, on paper, and in a browser that is set to dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --quiet: #595959; --new: #00508f; --cut: #8f1d14; --line: #c9c9c9; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #161616; --quiet: #b3b3b3; --new: #8cc4f5; --cut: #ff9d92; --line: #4a4a4a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 Georgia, 'Noto Serif', 'Times New Roman', Amiri, 'Noto Naskh Arabic', 'Noto Serif SC', serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.2rem; margin-top: 2em; }
h3 { font-size: 1.0625rem; margin-top: 1.75em; }
p { margin: 0 0 0.9em; orphans: 2; widows: 2; }
p.sub, p.set { margin-inline-start: calc(var(--depth, 1) * 2rem); }
p.pp, p.organ, p.para { text-indent: 2rem; }
.number { display: inline-block; min-width: 2rem; text-indent: 0; padding-inline-end: 0.4em; }
.front, .closing, .remark, .legend { color: var(--quiet); }
.front { margin-bottom: 0.2em; }
.foreign { text-align: right; }
.remark { border-inline-start: 0.2rem solid var(--line); padding-inline-start: 0.8rem; }
.legend { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0 1.25rem 0.5rem; font-size: 0.9375rem; }
.legend h2 { margin-top: 0.8em; font-size: 1rem; }
ins { color: var(--new); font-weight: bold; text-decoration: underline; text-decoration-thickness: 0.06em; text-underline-offset: 0.15em; }
del { color: var(--cut); text-decoration: line-through; }
.sign { color: var(--quiet); font-size: 0.9em; }
sup { font-size: 0.72em; line-height: 0; }
a { color: inherit; }
a:focus-visible { outline: 0.15rem solid var(--new); outline-offset: 0.1rem; }
.notes { margin-top: 3rem; border-top: 1px solid var(--line); font-size: 0.9375rem; }
.notes h2 { font-size: 1rem; margin-top: 1em; }
.notes ol { padding-inline-start: 2rem; list-style: none; }
.notes li { margin-bottom: 0.4em; }
.seal { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 0.6rem; color: var(--quiet); font-size: 0.8125rem; overflow-wrap: anywhere; }
@page { size: A4; margin: 2.2cm 2.4cm; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --new: #00508f; --cut: #8f1d14; --line: #999; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  .back { display: none; }
}
`
