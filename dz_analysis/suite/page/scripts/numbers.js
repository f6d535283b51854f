"use strict";
// The view of numbers: facets beside, the table of rows, the view kept in the address.

dz.FACETS = ["place", "label", "measure", "period", "status", "grade"];
dz.COLUMNS = ["place", "label", "indicator", "measure", "value", "unit", "period", "status", "confidence", "quote",
  "review", "grade", "document", "of", "bound", "modifier", "value_high", "region", "indicator_id",
  "paragraph", "observation", "start", "raw_start"];
dz.SHOWN = ["place", "indicator", "measure", "value", "unit", "period", "status", "confidence", "quote", "review"];
dz.LISTED = 60;  // values that a facet lists before it has to be searched

dz.Numbers = class {
  constructor(rows) {
    this.rows = rows;
    this.facets = dz.FACETS.filter((name) => rows.text[name]);
    this.chosen = {};
    this.filters = {};
    this.row = "";
    this.listeners = [];
    this.sifted = { rows: [], counts: {} };
    this.view = dz.readAddress();
  }

  start() {
    this.takeFacets(this.view);
    this.makeFacets();
    this.makeTable();
    window.addEventListener("hashchange", () => this.takeAddress());
  }

  takeFacets(view) {
    for (const name of this.facets) this.chosen[name] = new Set(view.getAll(name));
  }

  // Make the whole view what the address says.
  takeAddress() {
    const view = dz.readAddress();
    this.takeFacets(view);
    this.view = view;
    const columns = view.has("columns") ? view.get("columns").split(",") : dz.SHOWN;
    dz.COLUMNS.forEach((name, at) => this.table.column(at).visible(columns.includes(name), false));
    this.table.order(this.startOrder(view)).search(view.get("q") ?? "").draw();
    const chart = dz.find("#chart-view");
    dz.chart.take(view);
    chart.open = view.has("chart");
    this.row = "";
    const row = view.get("row");
    if (row) this.open(row);
    if (view.has("review")) dz.review.begin();
  }

  startOrder(view) {
    const name = view.get("sort") ?? "";
    const at = dz.COLUMNS.indexOf(name.replace(/^-/, ""));
    return at < 0 ? [] : [[at, name.startsWith("-") ? "desc" : "asc"]];
  }

  keepAddress() {
    const view = new URLSearchParams();
    const query = this.table.search();
    if (query) view.set("q", query);
    for (const name of this.facets) for (const value of this.chosen[name]) view.append(name, value);
    const [first] = this.table.order();
    if (first) view.set("sort", `${first[1] === "desc" ? "-" : ""}${dz.COLUMNS[first[0]]}`);
    const columns = this.visible();
    if (columns.join() !== dz.SHOWN.join()) view.set("columns", columns.join(","));
    if (dz.find("#chart-view").open) dz.chart?.put(view);
    if (dz.review?.isOn) view.set("review", "1");
    if (this.row) view.set("row", this.row);
    dz.writeAddress(view);
  }

  visible() { return dz.COLUMNS.filter((_, at) => this.table.column(at).visible()); }

  // What a cell shows.
  show(row, column) {
    if (column === "review") return dz.review?.markOf(row) ?? "";
    const value = this.rows.get(row, column);
    if (["measure", "status"].includes(column)) return dz.sayValue(column, value);
    if (column === "period") return dz.period(value);
    if (typeof value !== "number") return value ?? "";
    return column === "confidence" ? value.toFixed(2) : dz.number(value);
  }

  // What a cell is in a file: numbers are not rounded.
  plain(row, column) {
    if (["review", "measure", "status"].includes(column)) return this.show(row, column);
    return String(this.rows.get(row, column) ?? "");
  }

  makeTable() {
    const DataTable = window.dt.default;
    DataTable.ext.errMode = "throw";
    const render = (column) => (row, kind) => (kind === "display" ? this.cell(row, column) : "");
    // Only CSV needs an apostrophe before what looks like a formula: a sheet keeps texts as texts.
    const file = (spell) => ({ exportOptions: { columns: ":visible", customizeData: (data) => {
      const columns = this.visible();
      data.body = this.sifted.rows.map((row) => columns.map((name) => spell(this.plain(row, name))));
    } }, title: null, messageTop: null, filename: `${dz.held.site.corpus}-numbers` });
    const numeric = ["value", "value_high", "confidence", "paragraph", "observation", "start", "raw_start"];
    const long = ["label", "indicator", "of", "document"], short = ["place", "region", "measure", "quote"];
    this.table = new DataTable("#rows", {
      serverSide: true, ajax: (ask, give) => give(this.answer(ask)), pageLength: 25,
      searchDelay: 150, autoWidth: false, search: { search: this.view.get("q") ?? "" },
      order: this.startOrder(this.view),
      columns: dz.COLUMNS.map((name) => ({ data: null, name, title: dz.say(`column.${name}`),
        render: render(name), visible: dz.SHOWN.includes(name), orderable: name !== "review",
        className: numeric.includes(name) ? "number" : long.includes(name) ? "long" : short.includes(name) ? "short" : "", type: "string" })),
      layout: { topStart: "search", topEnd: { buttons: [
        { extend: "colvis", text: dz.say("table.columns") },
        { extend: "csvHtml5", text: dz.say("table.csv"), bom: true, ...file(dz.quoteFormula) },
        { extend: "excelHtml5", text: dz.say("table.xlsx"), ...file((cell) => cell) },
        { text: dz.say("table.link"), action: () => this.copyLink() },
      ] }, bottomStart: ["pageLength", "info"], bottomEnd: "paging" },
      language: { search: dz.say("table.search"), lengthMenu: dz.say("table.menu"),
        info: dz.say("table.info"), infoEmpty: "", infoFiltered: "", zeroRecords: dz.say("table.empty"),
        emptyTable: dz.say("table.empty"), processing: dz.say("table.loading"), loadingRecords: "",
        aria: { paginate: { first: dz.say("table.first"), previous: dz.say("table.previous"),
          next: dz.say("table.next"), last: dz.say("table.last") } } },
      createdRow: (line, row) => { line.dataset.row = this.rows.id(row); },
    });
    const body = dz.find("#rows tbody");
    body.addEventListener("click", (event) => {
      const line = event.target.closest("tr[data-row]");
      if (line) this.open(line.dataset.row);
    });
    this.table.on("column-visibility.dt", () => this.keepAddress());
    this.table.on("draw.dt", () => this.markRow());
  }

  cell(row, column) {
    const text = this.show(row, column);
    if (column === "quote") return dz.make("button", { type: "button", className: "link", lang: "zh" }, text);
    if (column === "grade") return dz.make("span", { className: `grade grade-${text}` }, text);
    if (column === "confidence") return this.sure(row, text);
    return document.createTextNode(text);
  }

  sure(row, text) {
    const grade = this.rows.get(row, "grade") ?? "";
    return dz.make("span", { className: `grade grade-${grade}` }, `${grade} ${text}`.trim());
  }

  // One page of rows for the table, which asks whenever it is drawn.
  answer(ask) {
    this.sifted = this.rows.sift(ask.search.value, this.chosen, this.facets);
    const [order] = ask.order;
    if (order) this.rows.sort(this.sifted.rows, dz.COLUMNS[order.column], order.dir === "desc");
    const data = this.sifted.rows.slice(ask.start, ask.start + ask.length);
    queueMicrotask(() => this.told());
    return { draw: ask.draw, recordsTotal: this.rows.count, recordsFiltered: this.sifted.rows.length, data };
  }

  told() {
    if (!this.table) return;
    this.showFacets();
    this.keepAddress();
    for (const listener of this.listeners) listener(this.sifted.rows);
  }

  makeFacets() {
    const box = dz.find("#facets");
    for (const name of this.facets) {
      const list = dz.make("div", { className: "values" });
      const filter = dz.make("input", { type: "search", "aria-label": `${dz.say("facet.filter")}: ${dz.say(`column.${name}`)}` });
      filter.addEventListener("input", () => this.showFacet(name));
      const legend = dz.make("legend", { className: "aside" }, dz.say(`column.${name}`));
      this.filters[name] = { filter, list };
      const few = this.rows.text[name].values.length <= 12;
      box.append(dz.make("details", { open: ["place", "label", "status"].includes(name), "data-facet": name },
        dz.make("summary", {}, dz.say(`column.${name}`)),
        dz.make("fieldset", {}, legend, few ? null : filter, list)));
    }
    dz.find("#clear").addEventListener("click", () => {
      for (const name of this.facets) this.chosen[name].clear();
      this.table.search("").draw();
    });
  }

  showFacets() { for (const name of this.facets) this.showFacet(name); }

  showFacet(name) {
    const { filter, list } = this.filters[name], { values } = this.rows.text[name];
    const counts = this.sifted.counts[name], chosen = this.chosen[name];
    const wanted = filter.value.trim().toLowerCase(), held = document.activeElement?.dataset?.value;
    const isHere = list.contains(document.activeElement);
    const label = (value) => dz.sayValue(name, value);
    const shown = values.map((value, code) => [value, counts[code]])
      .filter(([value, count]) => (count || chosen.has(value)) && label(value).toLowerCase().includes(wanted))
      .sort((a, b) => (name === "grade" ? (a[0] < b[0] ? -1 : 1) : name === "period" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1]));
    if (shown.length > dz.LISTED) shown.sort((a, b) => chosen.has(b[0]) - chosen.has(a[0]));
    list.replaceChildren(...shown.slice(0, dz.LISTED).map(([value, count]) => {
      const box = dz.make("input", { type: "checkbox", checked: chosen.has(value), "data-value": value });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(value); else chosen.delete(value);
        this.table.draw();
      });
      return dz.make("label", {}, box, dz.make("span", {}, label(value)),
        dz.make("span", { className: "count" }, count.toLocaleString("en")));
    }));
    if (shown.length > dz.LISTED) {
      list.append(dz.make("p", { className: "note" }, dz.say("facet.more", { count: shown.length - dz.LISTED })));
    }
    if (isHere) [...list.querySelectorAll("input")].find((box) => box.dataset.value === held)?.focus();
  }

  // Show the evidence of a row, and remember it in the address.
  open(id) {
    this.row = id;
    this.markRow();
    this.keepAddress();
    return dz.evidence.show(this.rows, id);
  }

  close() {
    this.row = "";
    this.markRow();
    this.keepAddress();
  }

  markRow() {
    for (const line of document.querySelectorAll("#rows tbody tr[data-row]")) {
      line.classList.toggle("chosen", line.dataset.row === this.row);
    }
  }

  // Draw the marks of review anew, on the page that is shown.
  redraw() { this.table.draw(false); }

  async copyLink() {
    this.keepAddress();
    try { await navigator.clipboard.writeText(location.href); } catch { return; }
    dz.find("#told").textContent = dz.say("table.copied");
  }
};

// The library of tables has a dark mode of its own, which it takes from the page's class.
dz.followScheme = () => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", follow);
  follow();
};

dz.startNumbers = () => {
  dz.followScheme();
  dz.numbers = new dz.Numbers(new dz.Rows(dz.held.rows));
  dz.numbers.start();
  dz.evidence.start();
  dz.chart.start();
  dz.review.start();
  dz.numbers.takeAddress();
};
