"use strict";
// A word or slogan over places and years, with its sentences where the text is at hand.

dz.words = {
  MOST: 200,  // sentences that are shown
  LISTED: 40,  // words that are offered

  start() {
    const { words, slogans } = dz.held.words;
    this.input = dz.find("#word");
    this.form = dz.find("#word-form");
    this.list = dz.find("#word-list");
    this.totals = words.map((_, at) => dz.held.words.counts[at].filter((_, place) => place % 2).reduce((a, b) => a + b, 0));
    this.places = new Map(words.map((word, at) => [word, at]));
    const top = words.slice(0, slogans).map((word, at) => [word, this.totals[at]]).sort((a, b) => b[1] - a[1]);
    dz.find("#top-slogans").append(...top.slice(0, this.LISTED).map(([word, count]) =>
      dz.make("li", {}, dz.make("a", { href: `#w=${encodeURIComponent(word)}`, lang: "zh" }, word), ` ${count}`)));
    this.input.addEventListener("input", () => this.offer());
    dz.find("#word-ask").addEventListener("submit", (event) => { event.preventDefault(); this.ask(); });
    this.form.addEventListener("change", () => this.ask());
    window.addEventListener("hashchange", () => this.take());
    this.take();
  },

  offer() {
    const wanted = this.input.value.trim();
    const found = wanted ? dz.held.words.words.filter((word) => word.includes(wanted)) : [];
    this.list.replaceChildren(...found.slice(0, this.LISTED).map((word) => dz.make("option", { value: word })));
  },

  take() {
    const view = dz.readAddress();
    if (view.has("form")) this.form.value = view.get("form");
    if (!view.get("w")) return;
    this.input.value = view.get("w");
    this.ask();
  },

  async ask() {
    const word = this.input.value.trim();
    if (!word) return;
    dz.writeAddress(new URLSearchParams({ w: word, form: this.form.value }));
    const told = dz.find("#word-told"), result = dz.find("#word-result");
    told.textContent = dz.say("table.loading");
    const at = this.places.get(word);
    const hasText = dz.held.site.documents.some((one) => one.text);
    if (at === undefined && !hasText) {
      result.hidden = true;
      told.textContent = `${dz.say("words.nothing", { word })} ${dz.say("words.no_text")}`;
      return;
    }
    const { sentences, counts } = await this.look(word, at);
    if (word !== this.input.value.trim()) return;
    const total = [...counts.values()].reduce((a, b) => a + b, 0);
    told.textContent = dz.say("words.total", { word, count: total, documents: counts.size });
    result.hidden = false;
    this.tabulate(counts);
    this.showSentences(sentences, hasText);
    await this.draw(counts, word);
  },

  listed(at) {
    const flat = dz.held.words.counts[at], counts = new Map();
    for (let place = 0; place < flat.length; place += 2) counts.set(flat[place], flat[place + 1]);
    return counts;
  },

  // Sentences that hold the word, document by document, and how often each document says it. Of a
  // word of the list, whose counts are known, no more sentences are looked for than are shown.
  async look(word, at) {
    const wanted = at === undefined ? null : this.listed(at), sentences = [], counts = new Map();
    for (const [document, { id, text }] of dz.held.site.documents.entries()) {
      if (!text || (wanted && !wanted.has(document))) continue;
      const said = this.holding(await dz.evidenceOf(id), word);
      if (word !== this.input.value.trim()) break;
      if (said.length) counts.set(document, said.reduce((sum, { marks }) => sum + marks.length, 0));
      for (const one of said) if (sentences.length <= this.MOST) sentences.push({ document, ...one });
      if (wanted && sentences.length > this.MOST) break;
    }
    return { sentences, counts: wanted ?? counts };
  },

  // The sentences of a text that hold a word: their characters, and where among them the word stands.
  holding(held, word) {
    const size = [...word].length, found = [];
    let unit = 0, start = 0, last = null;
    for (let offset = held.text.indexOf(word); offset >= 0; offset = held.text.indexOf(word, offset + word.length)) {
      start += [...held.text.slice(unit, offset)].length;
      unit = offset;
      const [from, to] = dz.sentenceAt(held, start);
      if (last?.from !== from) { last = { from, to, marks: [] }; found.push(last); }
      last.marks.push([start - from, start - from + size]);
    }
    return found.map(({ from, to, marks }) =>
      ({ chars: held.chars.slice(from, Math.max(to, from + marks.at(-1)[1])), marks }));
  },

  year: (document) => dz.held.site.documents[document].period_end.slice(0, 4) || dz.say("facet.blank"),
  region: (document) => dz.held.site.documents[document].region || dz.say("facet.blank"),

  // Mentions and characters of each place and year: documents without the word count too.
  cells(counts) {
    const cells = new Map();
    dz.held.site.documents.forEach((one, document) => {
      const key = `${this.region(document)}\n${this.year(document)}`;
      const [told, chars] = cells.get(key) ?? [0, 0];
      cells.set(key, [told + (counts.get(document) ?? 0), chars + one.han_chars]);
    });
    return cells;
  },

  shown([told, chars]) {
    if (this.form.value === "count") return told;
    return chars ? Math.round((told / chars) * 1e6) / 100 : 0;
  },

  tabulate(counts) {
    const cells = this.cells(counts), keys = [...cells.keys()].map((key) => key.split("\n"));
    const order = new Intl.Collator("zh").compare;
    const years = [...new Set(keys.map(([, year]) => year))].sort();
    const places = [...new Set(keys.map(([place]) => place))].sort(order);
    const head = dz.make("tr", {}, dz.make("th", { scope: "col" }, dz.say("words.place")),
      ...years.map((year) => dz.make("th", { scope: "col" }, year)));
    const lines = places.map((place) => dz.make("tr", {}, dz.make("th", { scope: "row" }, place),
      ...years.map((year) => {
        const cell = cells.get(`${place}\n${year}`);
        return dz.make("td", {}, cell ? dz.number(this.shown(cell)) : "–");
      })));
    dz.find("#word-table").replaceChildren(dz.make("thead", {}, head), dz.make("tbody", {}, ...lines));
  },

  draw(counts, word) {
    const cells = [...this.cells(counts)].map(([key, cell]) => [...key.split("\n"), this.shown(cell)]);
    const years = [...new Set(cells.map(([, year]) => year))].sort();
    const text = dz.say(`words.${this.form.value}`), plot = dz.find("#word-chart");
    const lines = new Map();
    for (const [place, year, value] of cells.sort((a, b) => (a[1] < b[1] ? -1 : 1))) {
      if (!lines.has(place)) lines.set(place, [[], []]);
      lines.get(place)[0].push(year);
      lines.get(place)[1].push(value);
    }
    // The places that tell it most, as many as a chart holds.
    const sum = ([, [, values]]) => values.reduce((a, b) => a + b, 0);
    const shown = [...lines].sort((a, b) => sum(b) - sum(a) || (a[0] < b[0] ? -1 : 1)).slice(0, dz.MOST);
    const traces = years.length > 1
      ? shown.map(([place, [x, y]], at) => ({ x, y, name: dz.plain([place]), type: "scatter", ...dz.series(at) }))
      : [{ x: shown.map(([place]) => dz.plain([place])), y: shown.map(([, [, values]]) => values[0]), type: "bar",
        marker: { color: dz.chartColours[0] } }];
    dz.find("#word-note").textContent =
      lines.size > dz.MOST ? dz.say("chart.more", { count: dz.MOST, all: lines.size }) : "";
    plot.setAttribute("aria-label", dz.say("chart.description", { group: word }));
    return dz.draw(plot, traces, { showlegend: traces.length > 1, yaxis: { automargin: true, title: { text } },
      xaxis: { automargin: true, type: "category", categoryorder: "array", categoryarray: traces.length > 1 ? years : undefined } })
      .then(() => { plot.dataset.points = traces.reduce((count, trace) => count + trace.x.length, 0); });
  },

  mark: () => dz.make("mark", { className: "number" }),

  showSentences(sentences, hasText) {
    const shown = sentences.slice(0, this.MOST);
    dz.find("#word-sentences").replaceChildren(...shown.map(({ document, chars, marks }) => {
      const { id, title } = dz.held.site.documents[document];
      return dz.make("li", {}, dz.make("p", { className: "note", lang: "zh" }, title || id),
        dz.make("blockquote", { lang: "zh" }, ...dz.marked(chars, 0, chars.length, marks.map((mark) => [...mark, this.mark]))));
    }));
    dz.find("#sentences-told").textContent = !hasText ? dz.say("words.no_text")
      : sentences.length > this.MOST ? dz.say("words.more", { count: this.MOST }) : "";
  },
};
