"use strict";
// Review: what a reader says of rows, kept in this browser, saved as corrections.csv together with
// the lines that the corpus's file held when the site was made.

dz.review = {
  HEAD: ["document", "start", "quote", "field", "was", "is", "reason", "reader", "date"],
  FIELDS: ["indicator", "measure", "value", "value_high", "unit", "bound", "period", "region", "status", "of", "modifier"],
  LISTS: { measure: ["level", "growth", "average_growth", "ratio", "rank", "change", "multiple", "completion", "gap"],
    status: ["actual", "estimate", "target"], bound: ["", ">=", "<=", "~"] },
  NEEDED: ["measure", "value", "status"],
  isOn: false,

  start() {
    // Projects may have corpora of one name: the mark tells them apart.
    this.key = `dz-review ${dz.held.site.corpus} ${dz.held.site.mark}`;
    this.isKept = true;
    this.lines = this.read();
    this.index();
    window.addEventListener("storage", (event) => { if (event.key === this.key || event.key === null) this.follow(); });
    this.steps = [];
    const reader = dz.find("#reader");
    reader.value = this.stored("dz-reader");
    reader.addEventListener("change", () => this.store("dz-reader", reader.value));
    for (const name of ["right", "none", "correct", "skip", "back", "missing", "undo"]) {
      dz.find(`#review-${name}`).addEventListener("click", () => this[name]());
    }
    dz.find("#review-begin").addEventListener("click", () => (this.isOn ? this.end() : this.begin()));
    dz.find("#review-save").addEventListener("click", () => this.save());
    dz.find("#review-forget").addEventListener("click", () => this.forget());
    dz.find("#review-form").addEventListener("submit", (event) => { event.preventDefault(); this.keep(); });
    dz.find("#review-cancel").addEventListener("click", () => this.closeForm());
    document.addEventListener("keydown", (event) => this.press(event));
    dz.numbers.listeners.push(() => this.tell());
    this.tell();
    dz.numbers.redraw();
  },

  stored(key) { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } },
  store(key, text) { try { localStorage.setItem(key, text); return true; } catch { return false; } },
  read() {
    const known = new Set(dz.held.site.documents.map((one) => one.id));
    const parse = (text) => { try { return JSON.parse(text); } catch { return []; } };
    const own = this.stored(this.key);  // the key of an older site had no mark
    return own ? parse(own) : parse(this.stored(`dz-review ${dz.held.site.corpus}`) || "[]").filter((line) => known.has(line.document));
  },

  // Another tab may have said something since: what this browser keeps counts, if it keeps all.
  refresh() { if (this.isKept) this.lines = this.read(); },
  follow() {
    this.refresh();
    this.index();
    dz.numbers.redraw();
    this.tell();
  },

  placeOf: (line) => [line.document, line.start, line.quote].join("\n"),

  index() {
    this.byPlace = new Map();
    for (const line of this.lines) {
      const place = this.placeOf(line);
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), line]);
    }
  },

  // What is said of a row here: right, none, changed; else what a reader's file says of it.
  verdict(row) {
    const said = this.byPlace?.get(this.placeOf(this.place(row)));
    if (!said) return dz.numbers.rows.get(row, "review") ?? "";
    const last = said.at(-1);
    if (last.field === "row" && last.is !== "right") return last.is;
    const none = said.findLastIndex((line) => line.field === "row" && line.is === "none");
    return said.slice(none + 1).some((line) => line.field !== "row") ? "changed" : "right";
  },
  // A row on which readers disagree is still to be looked at.
  isDone(row) { return !["", "disputed"].includes(this.verdict(row)); },
  markOf(row) { const said = this.verdict(row); return said ? dz.say(`mark.${said}`) : ""; },

  begin() {
    if (!this.key) return;
    this.isOn = true;
    document.body.classList.add("reviewing");
    dz.find("#review-begin").textContent = dz.say("review.end");
    const { rows, sifted, row } = dz.numbers;
    if (!row || rows.find(row) === undefined) this.go(sifted.rows.find((one) => !this.isDone(one)) ?? sifted.rows[0]);
    else dz.numbers.keepAddress();
    this.tell();
  },

  end() {
    this.isOn = false;
    document.body.classList.remove("reviewing");
    dz.find("#review-begin").textContent = dz.say("review.begin");
    this.closeForm();
    dz.numbers.keepAddress();
  },

  tell(message = this.isKept ? "" : dz.say("review.unkept")) {
    const { sifted } = dz.numbers;
    const done = sifted.rows.filter((row) => this.isDone(row)).length;
    dz.find("#review-progress").textContent =
      dz.say("review.progress", { done, all: sifted.rows.length, lines: this.lines.length });
    dz.find("#review-save").disabled = this.lines.length === 0;
    dz.find("#review-told").textContent = message;
  },

  get row() { return dz.numbers.rows.find(dz.numbers.row); },

  // Show a row, and the page of the table that it stands on.
  go(row) {
    if (row === undefined) return;
    const { table, sifted, rows } = dz.numbers, size = table.page.len();
    const page = Math.floor(sifted.rows.indexOf(row) / size);
    if (page >= 0 && page !== table.page()) table.page(page).draw(false);
    dz.numbers.open(rows.id(row));
  },

  step(by) {
    const { rows } = dz.numbers.sifted, at = rows.indexOf(this.row);
    this.closeForm();
    this.go(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
  },
  skip() { this.step(1); },
  back() { this.step(-1); },

  // Lines on one number: each takes the place of what the same reader said of that field here
  // before; `taken` are fields that are as they were read again.
  say(place, lines, taken = []) {
    this.refresh();
    const reader = this.reader, told = { reason: "", reader, date: this.today() };
    const said = new Set([...lines.map((line) => line.field), ...taken]);
    const isOver = (line) => this.placeOf(line) === this.placeOf(place) && line.reader === reader
      && said.has(line.field) && !(line.is === "missing" && lines.some((one) => one.is === "right"));
    this.remember(this.lines.filter((line) => this.placeOf(line) === this.placeOf(place)), [place]);
    this.lines = [...this.lines.filter((line) => !isOver(line)), ...lines.map((line) => ({ ...place, ...told, ...line }))];
    this.keepLines();
  },

  get reader() { return dz.find("#reader").value.trim(); },

  // What was said of some places, to be put back by `undo`.
  remember(lines, places) { this.steps.push({ lines, places: new Set(places.map(this.placeOf)) }); },

  keepLines() {
    this.isKept = this.store(this.key, JSON.stringify(this.lines));
    this.index();
    dz.numbers.redraw();
    this.tell();
  },

  today() {
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  },

  place(row) {
    const { rows } = dz.numbers;
    return { document: rows.get(row, "document"), start: rows.get(row, "start"), quote: rows.get(row, "quote") };
  },

  judge(is) {
    if (this.row === undefined) return;
    this.say(this.place(this.row), [{ field: "row", was: dz.numbers.rows.get(this.row, "review") ?? "", is }]);
    this.step(1);
  },
  right() { this.judge("right"); },
  none() { this.judge("none"); },

  undo() {
    if (!this.steps.length) return;
    this.refresh();
    const { lines, places } = this.steps.pop();
    this.lines = [...this.lines.filter((line) => !places.has(this.placeOf(line))), ...lines];
    this.keepLines();
  },

  // The form: the fields of a row to correct, or those of a number that is missing.
  correct() {
    if (this.row === undefined) return;
    const { rows } = dz.numbers, place = this.place(this.row);
    const said = Object.fromEntries((this.byPlace.get(this.placeOf(place)) ?? [])
      .filter((line) => line.reader === this.reader).map((line) => [line.field, line.is]));
    this.fill(place, (name) => String(rows.get(this.row, name) ?? ""), "", said);
  },

  missing() {
    const { rows } = dz.numbers, picked = this.picked();
    if (!picked) { this.tell(dz.say("review.select")); return; }
    const near = (name) => (["period", "region", "status"].includes(name) ? rows.get(this.row, name) : name === "measure" ? "level" : "");
    const start = { document: rows.get(this.row, "document"), ...picked };
    this.fill(start, near, "missing");
  },

  // What is marked in the article: its characters and their offset.
  picked() {
    const article = dz.find("#evidence .article"), marked = getSelection();
    if (!article || !marked.rangeCount || marked.isCollapsed) return null;
    const range = marked.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return null;
    const before = document.createRange();
    before.setStart(article, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const told = range.toString(), quote = told.trim();
    const lead = told.length - told.trimStart().length;  // blanks, which are single units
    return quote ? { start: [...before.toString()].length + lead, quote } : null;
  },

  // `said` is what this reader said before of the fields, here.
  fill(place, valueOf, kind, said = {}) {
    this.subject = { place, kind, was: {} };
    const box = dz.find("#review-fields");
    box.replaceChildren();
    for (const name of this.FIELDS) {
      const value = said[name] ?? valueOf(name);
      this.subject.was[name] = kind ? "" : valueOf(name);
      const control = this.LISTS[name]
        ? dz.make("select", { id: `is-${name}` }, ...this.LISTS[name].map((one) =>
          dz.make("option", { value: one, selected: one === value }, name === "bound" ? one : dz.sayValue(name, one))))
        : dz.make("input", { id: `is-${name}`, value, autocomplete: "off" });
      box.append(dz.make("label", { for: `is-${name}` }, dz.say(`column.${name}`)), control);
    }
    dz.find("#reason").value = "";
    dz.find("#review-quote").textContent = place.quote;
    dz.find("#review-form").hidden = false;
    dz.find("#is-indicator").focus();
  },

  closeForm() {
    if (dz.find("#review-form").hidden) return;
    dz.find("#review-form").hidden = true;
    this.subject = null;
    dz.find("#evidence-close").focus();
  },

  // What is wrong with the form's values; blank if nothing.
  wrong(is) {
    if (is.period && !/^\d{4}-(0[1-9]|1[0-2])\/\d{4}-(0[1-9]|1[0-2])$/.test(is.period)) return dz.say("review.bad_period");
    const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
    if (![is.value, is.value_high || "0"].every((one) => number.test(one))) return dz.say("review.bad_value");
    return this.NEEDED.every((name) => is[name]) ? "" : dz.say("review.needed");
  },

  keep() {
    const { place, kind, was } = this.subject;
    const is = Object.fromEntries(this.FIELDS.map((name) => [name, dz.find(`#is-${name}`).value.trim()]));
    const wrong = this.wrong(is);
    if (wrong) { this.tell(wrong); return; }
    const reason = dz.find("#reason").value.trim();
    const changed = this.FIELDS.filter((name) => is[name] !== was[name])
      .map((name) => ({ field: name, was: was[name], is: is[name], reason }));
    const lines = kind ? [{ field: "row", was: "", is: kind, reason }, ...changed] : changed;
    const same = kind ? [] : this.FIELDS.filter((name) => is[name] === was[name]);
    const held = (this.byPlace.get(this.placeOf(place)) ?? []).filter((line) => line.reader === this.reader);
    if (lines.length || held.some((line) => same.includes(line.field))) this.say(place, lines, same);
    this.closeForm();
    if (!kind) this.step(1);
  },

  press(event) {
    const isTyping = /^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && this.subject) { this.closeForm(); return; }
    if (!this.isOn || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = { y: "right", x: "none", e: "correct", s: "skip", j: "skip", k: "back", m: "missing", u: "undo" }[event.key];
    if (!action) return;
    event.preventDefault();
    this[action]();
  },

  // The lines of the corpus's file, and those kept here. A line kept here takes the place of an
  // older one by the same reader on the same field, and says what that one found there.
  merged() {
    const filed = dz.held.site.corrections.map((line) => ({ ...line, start: Number(line.start) || line.start }));
    const keyOf = (line) => [line.document, Number(line.start), line.quote, line.reader, line.field].join("\n");
    const older = new Map(filed.map((line) => [keyOf(line), line]));
    const own = this.lines.filter((line) => (older.get(keyOf(line))?.date ?? "") <= line.date).map((line) => {
      const before = older.get(keyOf(line));
      return before && line.field !== "row" && before.is === line.was ? { ...line, was: before.was } : line;
    });
    const said = new Map(own.map((line) => [keyOf(line), line]));
    const isOver = (line) => said.has(keyOf(line)) && !(line.is === "missing" && said.get(keyOf(line)).is === "right");
    return [...filed.filter((line) => !isOver(line)), ...own];
  },

  save() {
    this.refresh();
    const lines = this.merged();
    const head = [...new Set([...this.HEAD, ...lines.flatMap(Object.keys)])];
    const rows = lines.map((line) => head.map((name) => dz.quoteFormula(String(line[name] ?? ""))));
    dz.save("corrections.csv", dz.writeCsv([head, ...rows]));
    this.tell(dz.say("review.where", { corpus: dz.held.site.corpus }));
  },

  forget() {
    if (!this.lines.length || !confirm(dz.say("review.sure", { lines: this.lines.length }))) return;
    this.refresh();
    this.remember(this.lines, this.lines);
    this.lines = [];
    this.keepLines();
  },
};
