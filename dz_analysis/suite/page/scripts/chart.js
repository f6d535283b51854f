"use strict";
// A chart of the numbers that are chosen: places side by side, or over the years.

dz.chart = {
  LISTED: 50,  // things to draw that are offered

  start() {
    this.box = dz.find("#chart-view");
    this.group = dz.find("#chart-group");
    this.form = dz.find("#chart-form");
    this.wanted = "";
    for (const select of [this.group, this.form]) {
      select.addEventListener("change", () => { this.wanted = this.group.value; dz.numbers.keepAddress(); this.draw(); });
    }
    this.box.addEventListener("toggle", () => { dz.numbers.keepAddress(); this.draw(); });
    dz.numbers.listeners.push(() => this.draw());
  },

  take(view) {
    const [form, ...group] = (view.get("chart") ?? "").split("|");
    if (["places", "years"].includes(form)) this.form.value = form;
    this.wanted = group.join("|");
  },

  put(view) { view.set("chart", `${this.form.value}|${this.wanted}`); },

  // What can be drawn: an indicator, how it is measured, in which unit; most numbers first.
  groups(rows, chosen) {
    const found = new Map();
    for (const row of chosen) {
      const key = ["label", "measure", "unit"].map((name) => rows.get(row, name)).join("|");
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(row);
    }
    return new Map([...found].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, this.LISTED));
  },

  name(key) {
    const [label, measure, unit] = key.split("|");
    return [label || dz.say("facet.blank"), dz.sayValue("measure", measure), unit].filter(Boolean).join(" · ");
  },

  // The period, or the kind of period, that most of the rows tell of; of two, the later.
  commonest(rows, held, keyOf) {
    const counts = new Map();
    for (const row of held) {
      const key = keyOf(rows.get(row, "period"));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0]?.[0] ?? "";
  },

  // What months of how many years a period spans: a half year is no neighbour of a whole one.
  kind: (period) => (period ? `${period.slice(5, 7)}–${period.slice(13, 15)}`
    + (period.slice(0, 4) === period.slice(8, 12) ? "" : ` +${period.slice(8, 12) - period.slice(0, 4)}`) : ""),

  // Of each place and year (or each place) the number that is surest; of two, the first told.
  surest(rows, held, keyOf) {
    const best = new Map();
    for (const row of [...held].sort((a, b) => a - b)) {
      const key = keyOf(row), other = best.get(key);
      const sure = (one) => (rows.get(one, "status") === "target" ? -1 : 0) + (rows.get(one, "confidence") ?? 0);
      if (other === undefined || sure(row) > sure(other)) best.set(key, row);
    }
    return best;
  },

  draw() {
    if (!this.box.open) return Promise.resolve();
    const { rows } = dz.numbers, groups = this.groups(rows, dz.numbers.sifted.rows);
    const chosen = groups.has(this.wanted) ? this.wanted : [...groups.keys()][0];
    this.group.replaceChildren(...[...groups].map(([key, held]) =>
      dz.make("option", { value: key, selected: key === chosen }, `${this.name(key)} (${held.length})`)));
    const note = dz.find("#chart-note"), plot = dz.find("#chart");
    plot.hidden = chosen === undefined;
    if (chosen === undefined) { note.textContent = dz.say("chart.none"); return Promise.resolve(); }
    const isOverYears = this.form.value === "years";
    const valued = groups.get(chosen).filter((row) => rows.get(row, "value") !== null);
    const keyOf = isOverYears ? this.kind : (period) => period;
    const period = this.commonest(rows, valued, keyOf);
    const held = valued.filter((row) => keyOf(rows.get(row, "period")) === period);
    const [traces, places, years] = isOverYears ? this.years(rows, held) : this.places(rows, held);
    const one = ` ${dz.say(isOverYears ? "chart.kind" : "chart.period", { period: period || dz.say("facet.blank"), all: valued.length })}`;
    const more = places > dz.MOST ? ` ${dz.say("chart.more", { count: dz.MOST, all: places })}` : "";
    note.textContent = dz.say("chart.note", { count: held.length }) + one + more;
    plot.setAttribute("aria-label", dz.say("chart.description", { group: this.name(chosen) }));
    return dz.draw(plot, traces, { showlegend: traces.length > 1,
      xaxis: { automargin: true, type: "category", ...(years ? { categoryorder: "array", categoryarray: years } : {}) },
      yaxis: { automargin: true, title: { text: this.unit(chosen) } } }).then(() => {
      plot.dataset.points = traces.reduce((sum, trace) => sum + trace.x.length, 0);
      plot.removeAllListeners?.("plotly_click");
      plot.on("plotly_click", (event) => dz.numbers.open(event.points[0].customdata));
    });
  },

  unit(key) { return key.split("|")[2]; },

  place: (rows, row) => rows.get(row, "place") || dz.say("facet.blank"),
  year: (rows, row) => rows.get(row, "period").slice(8, 12) || dz.say("facet.blank"),

  trace(rows, points, labels, more) {
    return { x: labels, y: points.map((row) => rows.get(row, "value")), customdata: points.map((row) => rows.id(row)),
      text: points.map((row) => dz.plain([rows.get(row, "quote"), rows.get(row, "period"), dz.sayValue("status", rows.get(row, "status"))])),
      textposition: "none", hovertemplate: "%{x}<br>%{text}<extra></extra>", ...more };
  },

  places(rows, held) {
    const best = [...this.surest(rows, held, (row) => this.place(rows, row)).values()];
    rows.sort(best, "value", true);
    const points = best.slice(0, dz.MOST);
    const labels = points.map((row) => dz.plain([this.place(rows, row)]));
    return [[this.trace(rows, points, labels, { type: "bar", marker: { color: dz.chartColours[0] } })], best.length];
  },

  years(rows, held) {
    const best = this.surest(rows, held, (row) => `${this.place(rows, row)}|${this.year(rows, row)}`);
    const lines = new Map();
    for (const row of best.values()) {
      const place = this.place(rows, row);
      if (!lines.has(place)) lines.set(place, []);
      lines.get(place).push(row);
    }
    const shown = [...lines].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, dz.MOST);
    const years = [...new Set([...best.values()].map((row) => this.year(rows, row)))].sort();
    const traces = shown.map(([place, points], at) => {
      points.sort((a, b) => (this.year(rows, a) < this.year(rows, b) ? -1 : 1));
      return this.trace(rows, points, points.map((row) => this.year(rows, row)), { type: "scatter",
        name: dz.plain([place]), ...dz.series(at) });
    });
    return [traces, lines.size, years];
  },
};
