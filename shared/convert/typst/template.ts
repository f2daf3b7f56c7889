/**
 * How a printed document is set in type. It is the same for every document: what people wrote comes in as data, as strings of
 * a JSON value, and no string of it is ever read as markup.
 */
export const template = `
#let d = json(bytes(sys.inputs.data))
#let latin = "Noto Serif"
#set document(title: d.title, keywords: d.keywords, date: none)
#set text(
  font: if d.language == "zh" { ((name: latin, covers: "latin-in-cjk"), "Noto Serif SC", "Amiri") }
    else if d.language == "ar" { ("Amiri", latin, "Noto Serif SC") }
    else { (latin, "Amiri", "Noto Serif SC") },
  size: if d.language == "ar" { 12pt } else { 10pt },
  lang: d.language,
  dir: if d.language == "ar" { rtl } else { ltr },
)
#set par(justify: d.language != "ar", leading: 0.72em, spacing: 0.95em)
#set par.line(numbering: if d.lineNumbers { "1" } else { none }, number-clearance: 1.2em)
#show par.line: set text(size: 7pt, fill: luma(90))
#set page(
  paper: "a4",
  margin: (x: 2.7cm, top: 2.4cm, bottom: 2.6cm),
  footer: context {
    set par.line(numbering: none)
    set par(justify: false)
    set text(size: 7.5pt, fill: luma(70))
    grid(columns: (1fr, auto), column-gutter: 1em, d.footer, counter(page).display("1/1", both: true))
  },
)
#set footnote.entry(gap: 0.6em)
#show footnote.entry: set text(size: 8pt)
#show footnote.entry: set par.line(numbering: none)
#show heading: set text(weight: "bold", hyphenate: false)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11pt)
#show heading.where(level: 3): set text(size: 10pt)
#show heading: set block(above: 1.5em, below: 0.9em)

#let new-ink = rgb("#00508f")
#let cut-ink = rgb("#8f1d14")
#let quiet = luma(80)
#let notes = d.notes.fold((:), (known, note) => known + ((note.number): note.pieces))

#let piece(p, deep: false) = {
  if p.look == "opening" { emph(p.words) }
  else if p.look == "new" { underline(offset: 2pt, stroke: 0.6pt, text(fill: new-ink, weight: "bold", p.words)) }
  else if p.look == "cut" { strike(text(fill: cut-ink, p.words)) }
  else if p.look == "sign" { text(fill: quiet, p.words) }
  else if p.look == "note" {
    if deep or not (p.words in notes) { super(p.words) }
    else { footnote(for inner in notes.at(p.words) { piece(inner, deep: true) }) }
  }
  else { text(p.words) }
}
#let words(b) = {
  if b.number != "" { text(b.number); h(0.7em) }
  for p in b.pieces { piece(p) }
}
#let turned(b, body) = if b.latin { align(right, text(dir: ltr, body)) } else { body }
#let set-in(depth, body) = if depth == 0 { body } else if d.language == "ar" { pad(right: depth * 2em, body) } else { pad(left: depth * 2em, body) }

#if d.isTitled { heading(level: 1, d.title) }
#for line in d.remarks { block(stroke: (left: 1.5pt + luma(190)), inset: (left: 0.8em, y: 0.2em), text(fill: quiet, line)) }
#if d.legend.len() > 0 {
  block(stroke: 0.5pt + luma(170), radius: 2pt, inset: 0.9em, width: 100%, {
    set text(size: 8.5pt, lang: "en", dir: ltr)
    set par(justify: false)
    heading(level: 2, "Legend")
    list(..d.legend.map(line => text(line)))
  })
}
#for b in d.blocks {
  if b.level > 0 { heading(level: b.level, words(b)) }
  else if b.kind == "front" or b.kind == "closing" { turned(b, par(justify: false, text(fill: quiet, words(b)))) }
  else if b.kind == "pp" or b.kind == "organ" or b.kind == "op" { turned(b, set-in(b.depth, par(first-line-indent: (amount: 2em, all: true), words(b)))) }
  else { turned(b, set-in(b.depth, par(words(b)))) }
}
`
