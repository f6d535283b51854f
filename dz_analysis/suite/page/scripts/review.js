"use strict";
// Review: what a reader says of rows, kept in this browser, saved as corrections.csv.

dz.review = {
  HEAD: ["document", "start", "quote", "field", "was", "is", "reason", "reader", "date"],
  FIELDS: ["indicator", "measure", "value", "value_high", "unit", "bound", "period", "region", "status", "of", "modifier"],
  LISTS: { measure: ["level", "growth", "average_growth", "ratio", "rank", "change", "multiple", "completion", "gap"],
    status: ["actual", "estimate", "target"], bound: ["", ">=", "<=", "~"] },
  NEEDED: ["measure", "value", "status"],
  isOn: false,

  start() {
    this.key = `dz-review ${dz.held.site.corpus}`;
    this.lines = this.read();
    this.index();
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
  store(key, text) { try { localStorage.setItem(key, text); } catch { /* a browser may keep nothing */ } },
  read() { try { return JSON.parse(this.stored(this.key) || "[]"); } catch { return []; } },

  index() {
    this.byPlace = new Map();
    for (const line of this.lines) {
      const place = [line.document, line.start, line.quote].join("\n");
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), line]);
    }
  },

  // What is said of a row here: right, none, changed; else what a reader's file says of it.
  verdict(row) {
    const { rows } = dz.numbers;
    const said = this.byPlace?.get(["document", "start", "quote"].map((name) => rows.get(row, name)).join("\n"));
    if (!said) return rows.get(row, "review") ?? "";
    return said.at(-1).field === "row" ? said.at(-1).is : "changed";
  },
  markOf(row) { const said = this.verdict(row); return said ? dz.say(`mark.${said}`) : ""; },

  begin() {
    if (!this.key) return;
    this.isOn = true;
    document.body.classList.add("reviewing");
    dz.find("#review-begin").textContent = dz.say("review.end");
    const { rows, sifted, row } = dz.numbers;
    if (!row || rows.find(row) === undefined) this.go(sifted.rows.find((one) => !this.verdict(one)) ?? sifted.rows[0]);
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

  tell(message = "") {
    const { sifted } = dz.numbers;
    const done = sifted.rows.filter((row) => this.verdict(row)).length;
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

  // Lines on one number, which take the place of what was said of it here before.
  say(place, lines) {
    const isHere = (line) => line.document === place.document && line.start === place.start && line.quote === place.quote;
    this.steps.push(this.lines);
    const told = { reason: "", reader: dz.find("#reader").value.trim(), date: this.today() };
    this.lines = [...this.lines.filter((line) => !isHere(line)), ...lines.map((line) => ({ ...place, ...told, ...line }))];
    this.keepLines();
  },

  keepLines(message = "") {
    this.store(this.key, JSON.stringify(this.lines));
    this.index();
    dz.numbers.redraw();
    this.tell(message);
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
    this.lines = this.steps.pop();
    this.keepLines();
  },

  // The form: the fields of a row to correct, or those of a number that is missing.
  correct() {
    if (this.row === undefined) return;
    const { rows } = dz.numbers;
    this.fill(this.place(this.row), (name) => String(rows.get(this.row, name) ?? ""), "");
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
    return { start: [...before.toString()].length, quote: range.toString() };
  },

  fill(place, valueOf, kind) {
    this.subject = { place, kind, was: {} };
    const box = dz.find("#review-fields");
    box.replaceChildren();
    for (const name of this.FIELDS) {
      const value = valueOf(name);
      this.subject.was[name] = kind ? "" : value;
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
    if (lines.length) this.say(place, lines);
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

  save() {
    const rows = this.lines.map((line) => this.HEAD.map((name) => line[name]));
    dz.save("corrections.csv", dz.writeCsv([this.HEAD, ...rows]));
    this.tell(dz.say("review.where", { corpus: dz.held.site.corpus }));
  },

  forget() {
    if (!this.lines.length || !confirm(dz.say("review.sure", { lines: this.lines.length }))) return;
    this.steps.push(this.lines);
    this.lines = [];
    this.keepLines();
  },
};
