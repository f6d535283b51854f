"""Text into words and slogans, and what can be said of their counts.

The modules by the question that they answer; each group knows only those above it.

==========  ========================================================================
list        `words` (what a segmenter must know), `spelling` (one spelling of what is
            typed in many ways), `glossary` (what a report explains itself)
cut         `lac` (a second segmenter), `segment` (text to words)
count       `discovery` (coinages that nobody listed), `terms` (words a paragraph),
            `slogans` (strings a paragraph), `new_words` (words that no list knows),
            `asked` (phrases that a reader asks for), `concordance` (each mention in
            context), `overlap` (text that documents share)
rate        `rates` (with exact intervals), `document_intervals` (with intervals over
            documents), `dispersion` (how evenly spread), `tfidf`
compare     `keyness` (what sets a group apart), `permutation` (the test that respects
            documents), `contrasts` (districts side by side), `within` (plan beside review)
change      `years` (documents by the year in which they were given), `breaks` (courses of
            a series), `entries` (what enters and leaves), `first_uses` (of slogans)
associate   `collocation` (words that stand together), `likeness` (documents side by side),
            `reuse` (what is taken over), `correspondence` (documents and words on axes)
check       `agreement` (which counts depend on who cuts the words)
==========  ========================================================================
"""

from dz_analysis.counting.agreement import compare_counts, list_differences, measure_agreement
from dz_analysis.counting.asked import count_asked, standard_forms
from dz_analysis.counting.breaks import find_breaks, pick_surest, rate_segments
from dz_analysis.counting.collocation import cooccur, find_collocations
from dz_analysis.counting.concordance import find_in_context
from dz_analysis.counting.contrasts import (
    contrast_regions,
    group_documents,
    list_plain_words,
    rate_by_region,
    rate_words,
)
from dz_analysis.counting.correspondence import (
    Correspondence,
    analyse_correspondence,
    measure_stability,
    tabulate_words,
)
from dz_analysis.counting.discovery import Coinage, find_coinages
from dz_analysis.counting.dispersion import (
    deviation_of_proportions,
    kullback_leibler,
    measure_dispersion,
    normed_deviation,
    normed_divergence,
)
from dz_analysis.counting.document_intervals import (
    add_document_intervals,
    dispersion_over_documents,
    document_interval,
)
from dz_analysis.counting.entries import (
    CHANGE_LABELS,
    collect_changes,
    compare_years,
    find_entries,
    silent_run_chances,
)
from dz_analysis.counting.first_uses import count_first_uses, find_first_uses, listed_since
from dz_analysis.counting.glossary import (
    Definition,
    Series,
    find_definitions,
    find_series,
    say_glossary,
    set_glossary_aside,
    split_glossary,
)
from dz_analysis.counting.keyness import (
    adjust_p,
    bayes_factor,
    compare_groups,
    conservative_log_ratio,
    critical_g2,
    log_likelihood,
    log_ratio,
    percent_difference,
)
from dz_analysis.counting.likeness import (
    PairTest,
    average_pairs,
    classify_pairs,
    compare_documents,
    cosine,
    jaccard,
    leave_out_names,
    merge_years,
    permute_kinds,
    permute_pairs,
    places_of,
)
from dz_analysis.counting.new_words import find_new_words
from dz_analysis.counting.overlap import (
    blank_spans,
    find_shared_runs,
    measure_overlap,
    shared_spans,
)
from dz_analysis.counting.permutation import (
    judge_contrasts,
    permute_documents,
    permute_regions,
    smallest_max_p,
    smallest_p,
)
from dz_analysis.counting.rates import (
    add_rates,
    counts_by_document,
    fill_zeros,
    keep_leading,
    poisson_interval,
    wilson_interval,
)
from dz_analysis.counting.reuse import (
    average_reuse,
    list_before,
    list_longest,
    measure_reuse,
    recent,
    share_runs,
)
from dz_analysis.counting.segment import Token, cut_words, segment
from dz_analysis.counting.slogans import (
    Slogan,
    count_slogans,
    find_slogans,
    list_slogans,
    slogan_kinds,
)
from dz_analysis.counting.terms import (
    count_terms,
    is_stop_word,
    list_names,
    list_terms,
    total_terms,
)
from dz_analysis.counting.tfidf import weigh_terms
from dz_analysis.counting.within import compare_within
from dz_analysis.counting.years import (
    YearPair,
    add_asked,
    choose_pair,
    choose_series,
    count_mentions,
    date_documents,
    keep_frequent,
    rate_by_year,
)

# the names of the field, under which the package's root offers them
collocations = find_collocations
concordance = find_in_context
dispersion = measure_dispersion
keyness = compare_groups
overlap = measure_overlap
rates = rate_words

__all__ = [
    "CHANGE_LABELS",
    "Coinage",
    "Correspondence",
    "Definition",
    "PairTest",
    "Series",
    "Slogan",
    "Token",
    "YearPair",
    "add_asked",
    "add_document_intervals",
    "add_rates",
    "adjust_p",
    "analyse_correspondence",
    "average_pairs",
    "average_reuse",
    "bayes_factor",
    "blank_spans",
    "choose_pair",
    "choose_series",
    "classify_pairs",
    "collect_changes",
    "collocations",
    "compare_counts",
    "compare_documents",
    "compare_groups",
    "compare_within",
    "compare_years",
    "concordance",
    "conservative_log_ratio",
    "contrast_regions",
    "cooccur",
    "cosine",
    "count_asked",
    "count_first_uses",
    "count_mentions",
    "count_slogans",
    "count_terms",
    "counts_by_document",
    "critical_g2",
    "cut_words",
    "date_documents",
    "deviation_of_proportions",
    "dispersion",
    "dispersion_over_documents",
    "document_interval",
    "fill_zeros",
    "find_breaks",
    "find_coinages",
    "find_collocations",
    "find_definitions",
    "find_entries",
    "find_first_uses",
    "find_in_context",
    "find_new_words",
    "find_series",
    "find_shared_runs",
    "find_slogans",
    "group_documents",
    "is_stop_word",
    "jaccard",
    "judge_contrasts",
    "keep_frequent",
    "keep_leading",
    "keyness",
    "kullback_leibler",
    "leave_out_names",
    "list_before",
    "list_differences",
    "list_longest",
    "list_names",
    "list_plain_words",
    "list_slogans",
    "list_terms",
    "listed_since",
    "log_likelihood",
    "log_ratio",
    "measure_agreement",
    "measure_dispersion",
    "measure_overlap",
    "measure_reuse",
    "measure_stability",
    "merge_years",
    "normed_deviation",
    "normed_divergence",
    "overlap",
    "percent_difference",
    "permute_documents",
    "permute_kinds",
    "permute_pairs",
    "permute_regions",
    "pick_surest",
    "places_of",
    "poisson_interval",
    "rate_by_region",
    "rate_by_year",
    "rate_segments",
    "rate_words",
    "rates",
    "recent",
    "say_glossary",
    "segment",
    "set_glossary_aside",
    "share_runs",
    "shared_spans",
    "silent_run_chances",
    "slogan_kinds",
    "smallest_max_p",
    "smallest_p",
    "split_glossary",
    "standard_forms",
    "tabulate_words",
    "total_terms",
    "weigh_terms",
    "wilson_interval",
]
