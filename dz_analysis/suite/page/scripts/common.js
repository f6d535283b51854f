"use strict";
// What every view shares: the data that was put, words of the interface, elements, the address.
// Texts of pages are data: they reach the page as text nodes and attributes, never as markup.

const dz = { held: {}, loads: {}, nonce: document.currentScript.nonce };

dz.put = (name, value) => { dz.held[name] = value; };

// Load a script of data or a library once.
dz.load = (file) => {
  dz.loads[file] ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.nonce = dz.nonce;
    script.onload = () => { script.remove(); done(); };
    script.onerror = () => fail(new Error(file));
    script.src = file;
    document.head.append(script);
  });
  return dz.loads[file];
};

// The words of the interface under a key, what stands in braces filled in.
dz.say = (key, values = {}) => {
  const text = dz.held.site.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
};

// The words for a value of a column, such as a status; the value itself if it has none.
dz.sayValue = (column, value) =>
  value === "" ? dz.say("facet.blank") : dz.held.site.words[`${column}.${value}`]
    ?? (column === "period" ? dz.period(value) : value);

// Months as people write them: 2021 for all of a year, 2021-01/06 and 2021-06 within one.
dz.period = (value) => {
  const [first, last] = value.split("/");
  if (!last || first.slice(0, 4) !== last.slice(0, 4)) {
    return /-01\/\d+-12$/.test(value) ? `${first.slice(0, 4)}–${last.slice(0, 4)}` : value;
  }
  if (first.endsWith("-01") && last.endsWith("-12")) return first.slice(0, 4);
  return first === last ? first : `${first}/${last.slice(5)}`;
};

// Make an element; properties are set as such, `data-` and `aria-` ones as attributes.
dz.make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

dz.find = (selector) => document.querySelector(selector);

dz.number = (value) =>
  value === null || value === undefined ? "" : value.toLocaleString("en", { maximumFractionDigits: 4 });

// The view as the address keeps it, behind #.
dz.readAddress = () => new URLSearchParams(location.hash.slice(1));
dz.writeAddress = (view) => {
  const hash = String(view);
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
};

// Cut a query into words: at blanks, and Chinese as the browser's own dictionary cuts it.
dz.cut = (query) => {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!Intl.Segmenter) return parts;
  const cutter = new Intl.Segmenter("zh", { granularity: "word" });
  return parts.flatMap((part) =>
    /[\u3400-\u9fff]/.test(part)
      ? [...cutter.segment(part)].filter((one) => one.isWordLike).map((one) => one.segment)
      : [part]);
};

// A cell for a file that spreadsheets open: behind an apostrophe if it looks like a formula.
dz.quoteFormula = (cell) =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?$/i.test(cell)
    ? `'${cell}` : cell;

dz.writeCsv = (rows) =>
  "\ufeff" + rows.map((row) => row.map((cell) => {
    const text = String(cell ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(",")).join("\n") + "\n";

dz.save = (name, text) => {
  const link = dz.make("a", { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.click();
  URL.revokeObjectURL(link.href);
};

// The evidence of a document, loaded when it is asked for; null where it is not at hand. Of more
// documents than KEPT the one that was asked for longest ago is let go.
dz.KEPT = 4;
dz.texts = new Map();
dz.evidenceOf = async (id) => {
  const document = dz.held.site.documents.find((one) => one.id === id);
  if (!document?.text) return null;
  const found = dz.texts.get(id) ?? dz.takeText(document);
  dz.texts.delete(id);
  dz.texts.set(id, found);
  if (dz.texts.size > dz.KEPT) dz.texts.delete(dz.texts.keys().next().value);
  try { return await found; } catch (error) { dz.texts.delete(id); throw error; }
};

dz.takeText = async ({ id, text }) => {
  const name = `text ${id}`;
  try { await dz.load(text); } finally { delete dz.loads[text]; }
  const held = dz.held[name];
  delete dz.held[name];
  held.chars = [...held.text];  // offsets count characters, which are not always single units here
  return held;
};

dz.sentenceAt = (held, start) => {
  const spans = held.sentences;
  for (let at = 0; at < spans.length; at += 2) {
    if (start < spans[at + 1]) return [spans[at], spans[at + 1]];
  }
  return [0, held.chars.length];
};

// Characters start to end as nodes; each mark [start, end, element] is put round its part.
dz.marked = (chars, start, end, marks) => {
  const nodes = [];
  let at = start;
  const text = (from, to) => chars.slice(from, to).join("");
  for (const [from, to, wrap] of [...marks].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from < at || to > end) continue;
    if (from > at) nodes.push(document.createTextNode(text(at, from)));
    const element = wrap();
    element.append(text(from, to));
    nodes.push(element);
    at = to;
  }
  if (at < end) nodes.push(document.createTextNode(text(at, end)));
  return nodes;
};

// Colours and fonts for a chart, as the page has them.
dz.chartLayout = (more) => {
  const style = getComputedStyle(document.body);
  const grid = style.getPropertyValue("--line").trim();
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: style.fontFamily, color: style.color, size: 13 },
    margin: { l: 60, r: 16, t: 32, b: 60 }, hovermode: "closest", height: 420, bargap: 0.4,
    xaxis: { automargin: true, gridcolor: grid, type: "category" },
    yaxis: { automargin: true, gridcolor: grid, zerolinecolor: grid },
    legend: { orientation: "h", y: -0.2 }, ...more,
  };
};
dz.chartColours = ["#0173b2", "#de8f05", "#029e73", "#d55e00", "#cc78bc", "#ca9161", "#949494", "#56b4e9"];

// How the line of a series looks: where print is grey, its dashes and markers tell it apart.
dz.dashes = ["solid", "dash", "dot", "dashdot", "longdash"];
dz.symbols = ["circle", "square", "diamond", "cross", "triangle-up", "star", "circle-open"];
dz.series = (at) => ({ mode: "lines+markers",
  line: { color: dz.chartColours[at % dz.chartColours.length], dash: dz.dashes[at % dz.dashes.length] },
  marker: { symbol: dz.symbols[at % dz.symbols.length], size: 8 } });
dz.MOST = 40;  // places that one chart holds

// Plotly reads some markup (<b>, <a href>) in labels: texts of pages are shown as they are instead.
dz.plain = (parts) => parts.filter(Boolean).join(" · ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("%{", "% {");

dz.draw = async (element, traces, layout) => {
  await dz.load("assets/plotly.js");
  await Plotly.react(element, traces, dz.chartLayout(layout), {
    displaylogo: false, responsive: true,
    modeBarButtonsToRemove: ["toImage", "select2d", "lasso2d"],
  });
};
