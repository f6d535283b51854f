"""Statistics beside those of other packages: the greatest difference over many drawn tables.

The peers are no dependency of the suite: `uv pip install --group peers` (or pip of the packages
of that group) brings them, and a package that is not there is said and left out. Everything is
drawn with a seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dz_analysis.counting.collocation import log_dice, mutual_information
from dz_analysis.counting.document_intervals import dispersion_over_documents, document_interval
from dz_analysis.counting.keyness import adjust_p, log_likelihood, log_ratio_interval
from dz_analysis.counting.rates import poisson_interval, wilson_interval
from dz_analysis.counting.tfidf import weigh_terms

SEED = 20_210_127
TABLES = 2_000
BOUND = 1e-9
DRAWN = 0.03  # of what each package draws for itself


class Check(NamedTuple):
    """One statistic, the peer's function, and the two results as arrays."""

    statistic: str
    package: str
    function: str
    compare: Callable[[np.random.Generator], tuple[Any, Any]]
    bound: float = BOUND


def main() -> None:
    """Print a table of differences; end with an error if one is over the bound."""
    print("| statistic | peer | version | greatest difference | bound |")
    print("| --- | --- | --- | ---: | ---: |")
    over = []
    for check in list_checks():
        try:
            import_module(check.function.rpartition(".")[0])
            number = version(check.package)
        except (ImportError, PackageNotFoundError):
            print(f"| {check.statistic} | {check.function} | not installed | | |")
            continue
        ours, theirs = check.compare(np.random.default_rng(SEED))
        difference = measure_difference(ours, theirs)
        name = f"{check.statistic} | {check.function} | {number}"
        print(f"| {name} | {difference:.1e} | {check.bound:g} |")
        over += [check.statistic] if difference > check.bound else []
    if over:
        sys.exit(f"Over the bound: {', '.join(over)}.")


def measure_difference(ours: Any, theirs: Any) -> float:
    """Return the greatest difference, in units of the value or of 1 where that is larger."""
    one, other = (np.asarray(values, dtype=np.float64).ravel() for values in (ours, theirs))
    return float(np.max(np.abs(one - other) / np.maximum(1, np.abs(other))))


def list_checks() -> Iterator[Check]:
    """Go through the statistics that peers hold too."""
    yield Check("G2", "nltk", "nltk.metrics.association.BigramAssocMeasures", g2_of_nltk)
    yield Check("G2", "scipy", "scipy.stats.chi2_contingency", g2_of_scipy)
    yield Check("PMI", "nltk", "nltk.metrics.association.BigramAssocMeasures", pmi_of_nltk)
    yield Check("logDice", "nltk", "nltk.metrics.association.BigramAssocMeasures", dice_of_nltk)
    yield Check(
        "LRC's interval",
        "statsmodels",
        "statsmodels.stats.proportion.proportion_confint",
        share_interval,
    )
    yield Check(
        "Wilson interval", "statsmodels", "statsmodels.stats.proportion.proportion_confint", wilson
    )
    yield Check(
        "Garwood interval", "statsmodels", "statsmodels.stats.rates.confint_poisson", garwood
    )
    yield Check(
        "Bonferroni, q", "statsmodels", "statsmodels.stats.multitest.multipletests", corrections
    )
    yield Check("quasi-Poisson interval", "statsmodels", "statsmodels.api.GLM", quasi_poisson)
    yield Check("bootstrap interval", "scipy", "scipy.stats.bootstrap", bootstrap, DRAWN)
    yield Check("TF-IDF", "scikit-learn", "sklearn.feature_extraction.text.TfidfTransformer", tfidf)


def draw_tables(rng: np.random.Generator) -> tuple[Any, Any, Any, Any]:
    """Return counts of two groups and their sizes; many counts are 0."""
    n1, n2 = rng.integers(2_000, 50_000, size=(2, TABLES))
    return rng.poisson(rng.gamma(0.5, 20, TABLES)), n1, rng.poisson(rng.gamma(0.5, 20, TABLES)), n2


def draw_pairs(rng: np.random.Generator) -> tuple[Any, Any, Any, int]:
    """Return meetings of two words, the counts of both, and the positions in all."""
    joint = 1 + rng.poisson(4, TABLES)
    return joint, joint + rng.poisson(30, TABLES), joint + rng.poisson(90, TABLES), 100_000


def g2_of_nltk(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare G2; of nltk the size, because it has no sign, where no cell is 0 (it adds 1e-20)."""
    measures = import_module("nltk.metrics.association").BigramAssocMeasures
    f1, n1, f2, n2 = draw_tables(rng)
    kept = (f1 > 0) & (f2 > 0)
    rows = zip(*(x[kept].tolist() for x in (f1, n1, f2, n2)), strict=True)
    theirs = [measures.likelihood_ratio(a, (a + b, n), n + m) for a, n, b, m in rows]
    return np.abs(log_likelihood(f1, n1, f2, n2))[kept], theirs


def g2_of_scipy(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare G2, zeros included; scipy refuses a word that occurs in neither group."""
    stats = import_module("scipy.stats")
    f1, n1, f2, n2 = draw_tables(rng)
    kept = f1 + f2 > 0
    tables = (
        [[a, n - a], [b, m - b]] for a, n, b, m in zip(f1, n1, f2, n2, strict=True) if a + b > 0
    )
    theirs = [
        stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        for table in tables
    ]
    return np.abs(log_likelihood(f1, n1, f2, n2))[kept], theirs


def pmi_of_nltk(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare PMI from one and the same counts; nltk's finders count windows otherwise."""
    measures = import_module("nltk.metrics.association").BigramAssocMeasures
    joint, f1, f2, total = draw_pairs(rng)
    rows = zip(joint.tolist(), f1.tolist(), f2.tolist(), strict=True)
    theirs = [measures.pmi(j, (a, b), total) for j, a, b in rows]
    return mutual_information(joint, f1, f2, total), theirs


def dice_of_nltk(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare logDice with 14 and the binary logarithm of nltk's Dice."""
    measures = import_module("nltk.metrics.association").BigramAssocMeasures
    joint, f1, f2, total = draw_pairs(rng)
    rows = zip(joint.tolist(), f1.tolist(), f2.tolist(), strict=True)
    theirs = [14 + np.log2(measures.dice(j, (a, b), total)) for j, a, b in rows]
    return log_dice(joint, f1, f2), theirs


def share_interval(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare Log Ratio's interval with that of Clopper and Pearson for group 1's share."""
    proportion = import_module("statsmodels.stats.proportion")
    f1, n1, f2, n2 = (x[:500] for x in draw_tables(rng))
    kept = (f1 > 0) & (f2 > 0)
    a, n, b, m = (x[kept] for x in (f1, n1, f2, n2))
    low, high = proportion.proportion_confint(a, a + b, alpha=0.05 / a.size, method="beta")
    theirs = [np.log2(end / (1 - end) * m / n) for end in (np.asarray(low), np.asarray(high))]
    return log_ratio_interval(a, n, b, m), theirs


def wilson(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare Wilson's interval of shares."""
    proportion = import_module("statsmodels.stats.proportion")
    total = rng.integers(1, 200, TABLES)
    count = rng.binomial(total, rng.random(TABLES))
    theirs = proportion.proportion_confint(count, total, alpha=0.05, method="wilson")
    return wilson_interval(count, total), np.asarray(theirs)


def garwood(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare the exact interval of Poisson counts."""
    module = import_module("statsmodels.stats.rates")
    counts = rng.poisson(rng.gamma(0.5, 20, TABLES))
    theirs = np.array([module.confint_poisson(int(k), 1, method="exact-c") for k in counts]).T
    return poisson_interval(counts), theirs


def corrections(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare p values corrected by Bonferroni, and those of Benjamini and Hochberg."""
    module = import_module("statsmodels.stats.multitest")
    p = rng.random(TABLES) ** 6
    theirs = [module.multipletests(p, method=name)[1] for name in ("bonferroni", "fdr_bh")]
    return [adjust_p(p, name) for name in ("bonferroni", "bh")], theirs


def quasi_poisson(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare the interval over documents with a model's, where the dispersion is over 1."""
    api = import_module("statsmodels.api")
    sizes = rng.integers(2_000, 30_000, size=12).astype(np.float64)
    varying = rng.gamma(3, 1 / 3, size=(200, 12)) * sizes / 1_000
    table = rng.poisson(varying).astype(np.float64)
    over = dispersion_over_documents(table, sizes) > 1
    theirs = []
    for counts in table[over]:
        model = api.GLM(counts, np.ones((12, 1)), family=api.families.Poisson(), exposure=sizes)
        fitted = model.fit(scale="X2", tol=1e-14, maxiter=200, use_t=True)
        theirs.append(np.exp(fitted.conf_int()[0]) * 1_000)
    low, high = document_interval(table[over], sizes)
    return 1_000 * np.stack([low, high], axis=1), theirs


def bootstrap(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare percentiles over documents, in units of the rate.

    Each package draws samples of its own, so that the ends differ by what another seed differs.
    """
    stats = import_module("scipy.stats")
    sizes = rng.integers(2_000, 30_000, size=25).astype(np.float64)
    table = rng.poisson(rng.gamma(3, 1 / 3, size=(40, 25)) * sizes / 1_000).astype(np.float64)

    def rate(counts: Any, size: Any, axis: int) -> Any:
        return counts.sum(axis=axis) / size.sum(axis=axis)

    options = {"paired": True, "n_resamples": 9_999, "method": "percentile", "rng": rng}
    theirs = [
        stats.bootstrap((counts, sizes), rate, **options).confidence_interval for counts in table
    ]
    low, high = document_interval(table, sizes, method="bootstrap", draws=9_999)
    scale = table.sum(axis=1, keepdims=True) / sizes.sum()
    return np.stack([low, high], axis=1) / scale, np.asarray(theirs) / scale


def tfidf(rng: np.random.Generator) -> tuple[Any, Any]:
    """Compare TF-IDF with smoothed idf, logarithmic counts and length 1."""
    text = import_module("sklearn.feature_extraction.text")
    table = rng.poisson(rng.gamma(0.4, 4, size=(30, 1)), size=(30, 9)).T
    weigher = text.TfidfTransformer(sublinear_tf=True, smooth_idf=True, norm="l2")
    theirs = weigher.fit_transform(table).toarray()
    counts = pd.DataFrame(table).rename_axis("document").reset_index()
    long = counts.melt("document", var_name="term", value_name="count").query("count > 0")
    ours = weigh_terms(long, documents=9).pivot_table(
        index="document", columns="term", values="tfidf", fill_value=0
    )
    full = ours.reindex(index=range(9), columns=range(30), fill_value=0)
    return full.to_numpy(), theirs
