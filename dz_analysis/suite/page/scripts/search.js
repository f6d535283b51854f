"use strict";
// Search on the start page: answers, indicators, places, words and slogans, numbers.

dz.search = {
  LISTED: 8,

  start() {
    this.input = dz.find("#query");
    this.box = dz.find("#results");
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 120);
    });
    dz.find("#search").addEventListener("submit", (event) => { event.preventDefault(); this.ask(); });
    const query = dz.readAddress().get("q");
    if (query) { this.input.value = query; this.ask(); }
  },

  async ask() {
    const query = this.input.value.trim();
    dz.writeAddress(query ? new URLSearchParams({ q: query }) : "");
    if (!query) { this.box.replaceChildren(); return; }
    if (dz.held.site.has_rows) await Promise.all([dz.load("data/rows.js"), dz.load("data/words.js")]);
    if (query !== this.input.value.trim()) return;
    if (dz.held.rows) this.rows ??= new dz.Rows(dz.held.rows);
    const parts = [this.answers(query), ...(this.rows ? [...this.names(query), this.words(query), this.numbers(query)] : [])];
    const shown = parts.filter(Boolean);
    this.box.replaceChildren(...(shown.length ? shown : [dz.make("p", {}, dz.say("search.nothing", { query }))]));
  },

  holds(text, words) {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  },

  part(key, items, more = null) {
    if (!items.length) return null;
    return dz.make("section", { "data-part": key }, dz.make("h2", {}, dz.say(`search.${key}`)),
      dz.make("ul", {}, ...items.map((item) => dz.make("li", {}, ...item))), more);
  },

  link: (href, text, lang) => dz.make("a", lang ? { href, lang } : { href }, text),

  answers(query) {
    const words = dz.cut(query);
    const found = dz.held.site.pages.filter((page) => this.holds(`${page.question} ${page.answer}`, words));
    return this.part("answers", found.map((page) => [this.link(page.file, page.question), dz.make("p", {}, page.answer)]));
  },

  // Indicators and places that hold a word of the query, those with most numbers first.
  names(query) {
    const words = dz.cut(query);
    return [["indicators", "label"], ["places", "place"]].map(([key, column]) => {
      const { values, codes } = this.rows.text[column] ?? { values: [], codes: [] };
      const counts = new Uint32Array(values.length);
      for (const code of codes) counts[code] += 1;
      const whole = query.toLowerCase();
      const found = values.map((value, code) => [value, counts[code]]).filter(([value]) => value &&
        (value.toLowerCase().includes(whole) || words.some((word) => word.length > 1 && value.toLowerCase().includes(word))));
      found.sort((a, b) => b[0].toLowerCase().includes(whole) - a[0].toLowerCase().includes(whole) || b[1] - a[1]);
      return this.part(key, found.slice(0, this.LISTED).map(([value, count]) =>
        [this.link(`numbers.html#${new URLSearchParams([[column, value]])}`, value), ` ${dz.say("search.count", { count })}`]));
    });
  },

  words(query) {
    const { words, counts } = dz.held.words, parts = dz.cut(query).filter((part) => part.length > 1);
    const found = words.map((word, at) => [word, at]).filter(([word]) => word.includes(query) || parts.some((part) => word.includes(part)));
    found.sort((a, b) => b[0].includes(query) - a[0].includes(query));
    return this.part("slogans", found.slice(0, this.LISTED).map(([word, at]) => {
      const count = counts[at].filter((_, place) => place % 2).reduce((a, b) => a + b, 0);
      return [this.link(`words.html#${new URLSearchParams({ w: word })}`, word, "zh"), ` ${dz.say("search.mentions", { count })}`];
    }));
  },

  numbers(query) {
    const { rows } = this.rows.sift(query, {}, []);
    const items = rows.slice(0, this.LISTED).map((row) => {
      const told = ["place", "indicator", "quote", "period"].map((name) => this.rows.get(row, name)).filter(Boolean);
      return [this.link(`numbers.html#${new URLSearchParams({ q: query, row: this.rows.id(row) })}`, told.join(" · "), "zh")];
    });
    const all = this.link(`numbers.html#${new URLSearchParams({ q: query })}`, dz.say("search.all_rows", { count: rows.length }));
    return this.part("rows", items, dz.make("p", {}, all));
  },
};
