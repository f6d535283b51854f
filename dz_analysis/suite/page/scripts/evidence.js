"use strict";
// Where a number comes from: its row, the trail of its rules, its sentence, the page as found.

dz.evidence = {
  RAW: 20000,  // characters of the page that are shown on either side

  start() {
    dz.find("#evidence-close").addEventListener("click", () => {
      dz.find("#evidence").classList.remove("open");
      dz.numbers.close();
    });
  },

  async show(rows, id) {
    const box = dz.find("#evidence-body"), row = rows.find(id);
    dz.find("#evidence").classList.add("open");
    this.shown = id;
    const told = dz.find("#evidence-told");
    if (row === undefined) {
      told.replaceChildren();
      box.replaceChildren(dz.make("p", {}, dz.say("evidence.unknown", { row: id })));
      return;
    }
    const held = await dz.evidenceOf(rows.get(row, "document"));
    if (this.shown !== id) return;
    told.replaceChildren(dz.make("strong", {}, rows.get(row, "quote")), ` ${rows.get(row, "indicator")}`);
    box.replaceChildren(...this.parts(rows, row, held));
    box.querySelector(".page mark.number")?.scrollIntoView({ block: "nearest" });
    box.querySelector(".article mark.number")?.scrollIntoView({ block: "nearest" });
    dz.find("#evidence").scrollTop = 0;
  },

  parts(rows, row, held) {
    const start = rows.get(row, "start"), end = rows.get(row, "end"), quote = rows.get(row, "quote");
    const document = dz.held.site.documents.find((one) => one.id === rows.get(row, "document"));
    const title = dz.make("p", { className: "note", lang: "zh" }, document?.title || rows.get(row, "document"));
    const parts = [title];
    if (!held) parts.push(dz.make("p", {}, dz.say("evidence.no_text")));
    else if (held.chars.slice(start, end).join("") !== quote) parts.push(dz.make("p", {}, dz.say("evidence.other_text")));
    else parts.push(this.sentence(held, start, end), this.sides(held, rows, row));
    return [...parts, this.fields(rows, row), ...this.trail(held, start)];
  },

  number: () => dz.make("mark", { className: "number" }),

  sentence(held, start, end) {
    const [from, to] = dz.sentenceAt(held, start);
    return dz.make("section", {}, dz.make("h3", {}, dz.say("evidence.sentence")),
      dz.make("blockquote", { id: "sentence", lang: "zh" },
        ...dz.marked(held.chars, from, Math.max(to, end), [[start, end, this.number]])));
  },

  // The repaired article and the page as found, beside one another.
  sides(held, rows, row) {
    held.rawChars ??= [...held.raw];
    const start = rows.get(row, "start"), end = rows.get(row, "end");
    const article = dz.make("div", { className: "text article", lang: "zh", tabIndex: 0, role: "region", "aria-label": dz.say("evidence.article") });
    article.append(...dz.marked(held.chars, 0, held.chars.length, [[start, end, this.number]]));
    const rawStart = rows.get(row, "raw_start"), rawEnd = rows.get(row, "raw_end");
    const from = Math.max(0, rawStart - this.RAW), to = Math.min(held.rawChars.length, rawEnd + this.RAW);
    const page = dz.make("div", { className: "text page", lang: "zh", tabIndex: 0, role: "region", "aria-label": dz.say("evidence.page") });
    page.append(...this.repaired(held, from, to, rawStart, rawEnd));
    return dz.make("div", { className: "sides" },
      dz.make("section", {}, dz.make("h3", {}, dz.say("evidence.article")), article),
      dz.make("section", {}, dz.make("h3", {}, dz.say("evidence.page")),
        dz.make("p", { className: "note" }, dz.say("evidence.repairs")), page));
  },

  // The page with its repairs marked, and the number in it, which may itself hold repairs.
  repaired(held, from, to, rawStart, rawEnd) {
    const marks = (low, high) => held.changes
      .filter((change) => change[0] >= low && change[1] <= high && change[1] > change[0])
      .map((change) => [change[0], change[1], () => this.repair(held, change)]);
    const number = this.number();
    number.append(...dz.marked(held.rawChars, rawStart, rawEnd, marks(rawStart, rawEnd)));
    return [...dz.marked(held.rawChars, from, rawStart, marks(from, rawStart)), number,
      ...dz.marked(held.rawChars, rawEnd, to, marks(rawEnd, to))];
  },

  repair(held, [start, end, kind, after, certain]) {
    const before = held.rawChars.slice(start, end).join("");
    const sure = dz.say(certain ? "evidence.certain" : "evidence.chosen");
    return dz.make("mark", { className: certain ? "repair" : "repair guessed",
      title: dz.say("evidence.repair", { before, after, kind, sure }) });
  },

  fields(rows, row) {
    const list = dz.make("dl", {});
    for (const name of dz.COLUMNS) {
      const text = dz.numbers.show(row, name);
      if (text === "" || ["start", "raw_start", "quote"].includes(name)) continue;
      list.append(dz.make("dt", {}, dz.say(`column.${name}`)), dz.make("dd", {}, text));
    }
    // People count characters from 1, and name the last one.
    const offsets = { first: rows.get(row, "start") + 1, last: rows.get(row, "end"),
      raw_first: rows.get(row, "raw_start") + 1, raw_last: rows.get(row, "raw_end") };
    return dz.make("section", {}, dz.make("h3", {}, dz.say("evidence.fields")), list,
      dz.make("p", { className: "note", id: "offsets" }, dz.say("evidence.offsets", offsets)));
  },

  trail(held, start) {
    if (!held) return [];
    const trail = held.why[start];
    const told = trail
      ? dz.make("ul", { className: "trail" }, ...trail.split(" · ").map((line) => dz.make("li", {}, line)))
      : dz.make("p", {}, dz.say("evidence.no_trail"));
    return [dz.make("section", { id: "trail" }, dz.make("h3", {}, dz.say("evidence.trail")), told)];
  },
};
