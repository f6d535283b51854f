"use strict";
// The rows of a corpus, sifted, sorted and counted by column.

dz.Rows = class {
  constructor(data) {
    this.count = data.count;
    this.text = data.text;
    this.number = data.number;
    this.ranks = {};
    this.matching = new Map();
    this.byId = null;
  }

  get(row, column) {
    const text = this.text[column];
    return text ? text.values[text.codes[row]] : this.number[column]?.[row] ?? null;
  }

  id(row) { return `${this.get(row, "document")}:${this.get(row, "observation")}`; }

  find(id) {
    if (!this.byId) {
      this.byId = new Map();
      for (let row = 0; row < this.count; row++) this.byId.set(this.id(row), row);
    }
    return this.byId.get(id);
  }

  // For each searched column, which of its values hold a word.
  holders(word) {
    if (!this.matching.has(word)) {
      const found = dz.Rows.SEARCHED.filter((name) => this.text[name]).map((name) => {
        const { values, codes } = this.text[name];
        const hits = values.map((value) =>
          value.toLowerCase().includes(word) || dz.sayValue(name, value).toLowerCase().includes(word));
        return [codes, hits];
      }).filter(([, hits]) => hits.includes(true));
      if (this.matching.size > 50) this.matching.clear();
      this.matching.set(word, found);
    }
    return this.matching.get(word);
  }

  // Rows that fit a query and the chosen values of each facet, and what each facet would give.
  sift(query, chosen, facets) {
    const words = dz.cut(query).map((word) => this.holders(word));
    const tests = facets.map((name) => {
      const { values, codes } = this.text[name];
      const wanted = chosen[name];
      return { codes, counts: new Uint32Array(values.length),
        fits: wanted?.size ? values.map((value) => wanted.has(value)) : null };
    });
    const rows = [];
    for (let row = 0; row < this.count; row++) {
      if (!words.every((holders) => holders.some(([codes, hits]) => hits[codes[row]]))) continue;
      let failed = null, failures = 0;
      for (const test of tests) {
        if (test.fits && !test.fits[test.codes[row]]) { failed = test; failures += 1; }
      }
      if (failures === 0) {
        rows.push(row);
        for (const test of tests) test.counts[test.codes[row]] += 1;
      } else if (failures === 1) failed.counts[failed.codes[row]] += 1;
    }
    return { rows, counts: Object.fromEntries(facets.map((name, at) => [name, tests[at].counts])) };
  }

  // The values of a column in the order in which people read them.
  rank(column) {
    if (!this.ranks[column]) {
      const { values } = this.text[column];
      const order = new Intl.Collator("zh", { numeric: true }).compare;
      const sorted = values.map((_, code) => code).sort((a, b) => order(values[a], values[b]));
      this.ranks[column] = new Uint32Array(values.length);
      sorted.forEach((code, place) => { this.ranks[column][code] = place; });
    }
    return this.ranks[column];
  }

  sort(rows, column, descending) {
    const sign = descending ? -1 : 1;
    if (this.text[column]) {
      const rank = this.rank(column), { codes } = this.text[column];
      return rows.sort((a, b) => sign * (rank[codes[a]] - rank[codes[b]]) || a - b);
    }
    const numbers = this.number[column];
    const last = (row) => numbers[row] === null;  // what is missing stands behind, either way
    return rows.sort((a, b) => last(a) - last(b) || sign * (numbers[a] - numbers[b]) || a - b);
  }
};
dz.Rows.SEARCHED = ["place", "region", "label", "indicator", "indicator_id", "quote", "measure", "unit",
  "period", "status", "of", "document"];
