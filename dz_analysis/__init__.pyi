"""What a notebook needs, gathered from the rooms; each is loaded when it is first used."""

__version__: str

from .auditing import (
    CHECKS as CHECKS,
)
from .auditing import (
    audit_facts as audit_facts,
)
from .auditing import (
    count_verdicts as count_verdicts,
)
from .auditing import (
    list_sources as list_sources,
)
from .auditing import (
    say_audit as say_audit,
)
from .comparing import (
    STATES as STATES,
)
from .comparing import (
    build_matrix as build_matrix,
)
from .comparing import (
    choose_indicator as choose_indicator,
)
from .comparing import (
    choose_period as choose_period,
)
from .comparing import (
    compare_indicator as compare_indicator,
)
from .comparing import (
    compare_measures as compare_measures,
)
from .comparing import (
    compute_per_head as compute_per_head,
)
from .comparing import (
    compute_shares as compute_shares,
)
from .comparing import (
    count_groups as count_groups,
)
from .comparing import (
    count_outcomes as count_outcomes,
)
from .comparing import (
    count_reasons as count_reasons,
)
from .comparing import (
    find_concept as find_concept,
)
from .comparing import (
    find_mentions as find_mentions,
)
from .comparing import (
    join_promises as join_promises,
)
from .comparing import (
    keep_best as keep_best,
)
from .comparing import (
    list_due as list_due,
)
from .comparing import (
    list_regions as list_regions,
)
from .comparing import (
    list_uncatalogued as list_uncatalogued,
)
from .comparing import (
    list_widest as list_widest,
)
from .comparing import (
    map_coverage as map_coverage,
)
from .comparing import (
    name_modifier as name_modifier,
)
from .comparing import (
    pair_growth_and_level as pair_growth_and_level,
)
from .comparing import (
    prepare_facts as prepare_facts,
)
from .comparing import (
    rank_regions as rank_regions,
)
from .comparing import (
    say_groups as say_groups,
)
from .comparing import (
    show_cells as show_cells,
)
from .comparing import (
    show_promises as show_promises,
)
from .comparing import (
    spell_modifier as spell_modifier,
)
from .comparing import (
    summarise_documents as summarise_documents,
)
from .comparing import (
    tabulate_corpus as tabulate_corpus,
)
from .comparing import (
    tabulate_document as tabulate_document,
)
from .comparing import (
    tabulate_ranks as tabulate_ranks,
)
from .comparing import (
    tabulate_structure as tabulate_structure,
)
from .corpus import (
    Corpus as Corpus,
)
from .corpus import (
    Document as Document,
)
from .corpus import (
    create_corpus as create_corpus,
)
from .corpus import (
    load_corpus as load_corpus,
)
from .counting import (
    Coinage as Coinage,
)
from .counting import (
    Definition as Definition,
)
from .counting import (
    Series as Series,
)
from .counting import (
    Slogan as Slogan,
)
from .counting import (
    Token as Token,
)
from .counting import (
    add_rates as add_rates,
)
from .counting import (
    adjust_p as adjust_p,
)
from .counting import (
    bayes_factor as bayes_factor,
)
from .counting import (
    blank_spans as blank_spans,
)
from .counting import (
    compare_counts as compare_counts,
)
from .counting import (
    compare_groups as compare_groups,
)
from .counting import (
    conservative_log_ratio as conservative_log_ratio,
)
from .counting import (
    contrast_regions as contrast_regions,
)
from .counting import (
    cooccur as cooccur,
)
from .counting import (
    count_slogans as count_slogans,
)
from .counting import (
    count_terms as count_terms,
)
from .counting import (
    count_tokens as count_tokens,
)
from .counting import (
    critical_g2 as critical_g2,
)
from .counting import (
    cut_words as cut_words,
)
from .counting import (
    deviation_of_proportions as deviation_of_proportions,
)
from .counting import (
    fill_zeros as fill_zeros,
)
from .counting import (
    find_coinages as find_coinages,
)
from .counting import (
    find_collocations as find_collocations,
)
from .counting import (
    find_definitions as find_definitions,
)
from .counting import (
    find_in_context as find_in_context,
)
from .counting import (
    find_new_words as find_new_words,
)
from .counting import (
    find_series as find_series,
)
from .counting import (
    find_shared_runs as find_shared_runs,
)
from .counting import (
    find_slogans as find_slogans,
)
from .counting import (
    is_stop_word as is_stop_word,
)
from .counting import (
    judge_groups as judge_groups,
)
from .counting import (
    kullback_leibler as kullback_leibler,
)
from .counting import (
    list_differences as list_differences,
)
from .counting import (
    log_likelihood as log_likelihood,
)
from .counting import (
    log_ratio as log_ratio,
)
from .counting import (
    measure_agreement as measure_agreement,
)
from .counting import (
    measure_dispersion as measure_dispersion,
)
from .counting import (
    measure_overlap as measure_overlap,
)
from .counting import (
    normed_deviation as normed_deviation,
)
from .counting import (
    normed_divergence as normed_divergence,
)
from .counting import (
    percent_difference as percent_difference,
)
from .counting import (
    permute_documents as permute_documents,
)
from .counting import (
    poisson_interval as poisson_interval,
)
from .counting import (
    rate_by_region as rate_by_region,
)
from .counting import (
    rate_words as rate_words,
)
from .counting import (
    segment as segment,
)
from .counting import (
    shared_spans as shared_spans,
)
from .counting import (
    slogan_kinds as slogan_kinds,
)
from .counting import (
    smallest_p as smallest_p,
)
from .counting import (
    total_terms as total_terms,
)
from .counting import (
    weigh_terms as weigh_terms,
)
from .counting import (
    wilson_interval as wilson_interval,
)
from .datapackage import (
    data_dictionary as data_dictionary,
)
from .datapackage import (
    describe_corpus as describe_corpus,
)
from .finding import (
    Context as Context,
)
from .finding import (
    Observation as Observation,
)
from .finding import (
    find_observations as find_observations,
)
from .finding import (
    indicator_id as indicator_id,
)
from .finding import (
    list_unmapped as list_unmapped,
)
from .finding import (
    load_catalogue as load_catalogue,
)
from .finding import (
    region_code as region_code,
)
from .finding import (
    tag_document as tag_document,
)
from .measure import (
    extract as extract,
)
from .measure import (
    measure_page as measure_page,
)
from .measure import (
    read_document as read_document,
)
from .reading import (
    Change as Change,
)
from .reading import (
    Furniture as Furniture,
)
from .reading import (
    OffsetMap as OffsetMap,
)
from .reading import (
    Page as Page,
)
from .reading import (
    Paragraph as Paragraph,
)
from .reading import (
    Repaired as Repaired,
)
from .reading import (
    choose_readings as choose_readings,
)
from .reading import (
    count_furniture as count_furniture,
)
from .reading import (
    count_repairs as count_repairs,
)
from .reading import (
    damage as damage,
)
from .reading import (
    decode as decode,
)
from .reading import (
    explain as explain,
)
from .reading import (
    read_page as read_page,
)
from .reading import (
    repair as repair,
)
from .reading import (
    repaired_text as repaired_text,
)
from .reading import (
    replay as replay,
)
from .reading import (
    show_changes as show_changes,
)
from .reading import (
    split_paragraphs as split_paragraphs,
)
from .reading import (
    split_sentences as split_sentences,
)
from .reading import (
    undo as undo,
)
from .scoring import (
    align_observations as align_observations,
)
from .scoring import (
    score_fields as score_fields,
)
from .scoring import (
    score_intervals as score_intervals,
)
from .scoring import (
    score_pairs as score_pairs,
)
from .showing import (
    Caption as Caption,
)
from .showing import (
    Cloud as Cloud,
)
from .showing import (
    FigureFiles as FigureFiles,
)
from .showing import (
    add_caption as add_caption,
)
from .showing import (
    assign_colours as assign_colours,
)
from .showing import (
    describe_figure as describe_figure,
)
from .showing import (
    describe_source as describe_source,
)
from .showing import (
    figure_spec as figure_spec,
)
from .showing import (
    fingerprint as fingerprint,
)
from .showing import (
    font_file as font_file,
)
from .showing import (
    kind_colours as kind_colours,
)
from .showing import (
    kind_labels as kind_labels,
)
from .showing import (
    kind_of_pos as kind_of_pos,
)
from .showing import (
    label_documents as label_documents,
)
from .showing import (
    lay_out_cloud as lay_out_cloud,
)
from .showing import (
    make_ellipse as make_ellipse,
)
from .showing import (
    missing_glyphs as missing_glyphs,
)
from .showing import (
    new_figure as new_figure,
)
from .showing import (
    plot_cloud as plot_cloud,
)
from .showing import (
    plot_coverage as plot_coverage,
)
from .showing import (
    plot_coverage_map as plot_coverage_map,
)
from .showing import (
    plot_disagreements as plot_disagreements,
)
from .showing import (
    plot_facets as plot_facets,
)
from .showing import (
    plot_groups as plot_groups,
)
from .showing import (
    plot_growth_against_level as plot_growth_against_level,
)
from .showing import (
    plot_heatmap as plot_heatmap,
)
from .showing import (
    plot_matrix as plot_matrix,
)
from .showing import (
    plot_outcomes as plot_outcomes,
)
from .showing import (
    plot_over_time as plot_over_time,
)
from .showing import (
    plot_ranked_bars as plot_ranked_bars,
)
from .showing import (
    plot_ranked_dots as plot_ranked_dots,
)
from .showing import (
    plot_ranking as plot_ranking,
)
from .showing import (
    plot_scatter as plot_scatter,
)
from .showing import (
    plot_structure as plot_structure,
)
from .showing import (
    plot_verdicts as plot_verdicts,
)
from .showing import (
    region_palette as region_palette,
)
from .showing import (
    save_figure as save_figure,
)
from .showing import (
    save_table as save_table,
)
from .showing import (
    say_coverage as say_coverage,
)
from .showing import (
    say_outcomes as say_outcomes,
)
from .showing import (
    say_ranking as say_ranking,
)
from .showing import (
    spell_value as spell_value,
)
from .showing import (
    use_style as use_style,
)
from .showing import (
    write_svg as write_svg,
)
from .synthetic import (
    Synthetic as Synthetic,
)
from .synthetic import (
    make_synthetic as make_synthetic,
)
from .tables import (
    TABLES as TABLES,
)
from .tables import (
    check_table as check_table,
)
from .tables import (
    load_table as load_table,
)
