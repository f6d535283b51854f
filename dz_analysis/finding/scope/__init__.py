"""Scope: what governs what, by one engine for every kind of cue.

`engine` lays cues over a text and answers which one governs an offset, `cues` reads them from
`lexicon/scope_cues.csv`, `status` tells whether a number is a result or a target, `modifiers`
how firmly a target is put.

A cue is a place in the text with a category, a direction, a reach, and a value for whoever asks:

    Cue(start, end, category, value, direction, reach, ended_by, until, rank)

`Scopes(segments, cues)` computes all scopes once; `governing(category, offset)` gives the nearest
cue whose scope holds the offset, `value(category, offset)` its value. Three things follow from the
units of a text and need no rule of their own:

- a cue governs the unit that stands behind its *end*: 预计， governs the clause behind its comma,
  （预计） the clause round its bracket;
- a narrower scope covers a wider one and gives way to it where it ends: after 其中一季度…。 the
  year that opened the paragraph governs again;
- a bracket is a clause of its own, so that a cue of the clause round it does not enter, while what
  reaches over a part, a sentence or a paragraph does.

How the statements of a room become cues:

====================================  =========  =========  ======================================
what stands there                     direction  reach      besides
====================================  =========  =========  ======================================
力争, before a number                 forward    clause
确保, over the clauses of its part    forward    part       blocked by 完成…目标
预期目标是：                            forward    sentence
预计（下同）                           both       paragraph
a time that opens its clause          forward    paragraph
a time inside its clause              forward    sentence   or clause: 2013年的…
a time in a bracket of its own        forward    bracket    37毫米（4月2日）
a time in a bracket behind a number   backward   clause     9万人（2017年）
由 2015年 … 到                         forward    clause     `until` the turn, or `ended_by` its
                                                            category
a heading's time                      forward    section    or `until` where its section ends
现在, back to the paragraph's own     forward    paragraph  value: what governed the paragraph
a place that opens its clause         forward    sentence
a place inside its clause             forward    clause
a place that a line opens with        forward    paragraph
====================================  =========  =========  ======================================

Where two scopes of one category compete otherwise than by nearness (a remark behind a number
against the year before it), a higher `rank` decides; a backward cue wins over a forward one of
the same rank. Questions of different strength are categories of their own (`window` beside
`period`: the years that a paragraph speaks of, whatever narrower time stands between).

A new rule is a row, or a change of one. That 预计 at the head of a list governs the bare items
behind it, up to the first that says what was done, would be: its `reach` is `list`, its
`ended_by` a role that holds 完成, 新增, 建成 …, with 预计完成 among their `pseudo`.
"""
