"""What a notebook needs, gathered from the rooms; each is loaded when it is first used."""

__version__: str

from .comparing import (
    CHECKS as CHECKS,
)
from .comparing import (
    STATES as STATES,
)
from .comparing import (
    Synthetic as Synthetic,
)
from .comparing import (
    align_observations as align_observations,
)
from .comparing import (
    audit_facts as audit_facts,
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
    count_verdicts as count_verdicts,
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
    list_sources as list_sources,
)
from .comparing import (
    list_uncatalogued as list_uncatalogued,
)
from .comparing import (
    list_widest as list_widest,
)
from .comparing import (
    make_synthetic as make_synthetic,
)
from .comparing import (
    map_coverage as map_coverage,
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
    read_modifiers as read_modifiers,
)
from .comparing import (
    say_audit as say_audit,
)
from .comparing import (
    say_groups as say_groups,
)
from .comparing import (
    score_fields as score_fields,
)
from .comparing import (
    score_intervals as score_intervals,
)
from .comparing import (
    score_pairs as score_pairs,
)
from .comparing import (
    show_cells as show_cells,
)
from .comparing import (
    show_promises as show_promises,
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
    Slogan as Slogan,
)
from .counting import (
    Token as Token,
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
    find_coinages as find_coinages,
)
from .counting import (
    find_slogans as find_slogans,
)
from .counting import (
    segment as segment,
)
from .counting import (
    total_terms as total_terms,
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
from .tables import (
    TABLES as TABLES,
)
from .tables import (
    check_table as check_table,
)
from .tables import (
    load_table as load_table,
)
