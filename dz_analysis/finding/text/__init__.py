"""Text: where sentences, clauses and brackets begin, and which words stand where.

`segment` divides a text into sentences, parts, clauses and brackets, `lexer` marks the words of
the lexicon in one pass, `forms` composes the patterns that stand as rows in the lexicon; `plain`
writes numbers and signs one way before anything is read.
"""
