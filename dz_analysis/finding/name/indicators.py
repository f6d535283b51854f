"""What each number of a text measures: its name and how it is told, clause after clause.

In: clean text, its quantities, spans that belong to no name (statements of time) and the places
named in it. Out: one `Item` for each quantity. A name is read 1 behind the number (8家企业), 2
before it (企业8家), 3 from what was told last (，增长5%), and shared over lists (分别增长5%、6%).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from dz_analysis.finding.model import Quantity
from dz_analysis.finding.name.discourse import Topic, advance, enter, open_sentence
from dz_analysis.finding.name.following import close_names
from dz_analysis.finding.name.lists import read_group, share_modifier
from dz_analysis.finding.name.naming_state import Item, Reading, View, name_view
from dz_analysis.finding.name.views import Viewer
from dz_analysis.finding.name.weigh import choose
from dz_analysis.finding.text.segment import locate
from dz_analysis.lexicon import Words

Chooser = Callable[[View, Topic], Reading]


def read_indicators(
    text: str,
    quantities: Sequence[Quantity],
    *,
    skips: Sequence[tuple[int, int]] = (),
    places: Iterable[str] = (),
    choose: Chooser = choose,
) -> Iterator[Item]:
    """Name every quantity of a text, sentence after sentence.

    Parameters
    ----------
    text : str
        Clean text.
    quantities : sequence of Quantity
        In text order.
    skips : sequence of (start, end)
        Spans that belong to no name, in text order.
    places : iterable of str
        Names of places in the text: a number told of a place is named by what was told before.
    choose : callable
        Chooses the reading of a number among those of the frames.

    Yields
    ------
    Item
        One a quantity, in the same order.

    Examples
    --------
    >>> from dz_analysis.finding.number.reject import find_quantities
    >>> text = "新签约项目57个，总投资230亿元；税收8亿元，增长5%。"
    >>> [item.name for item in read_indicators(text, find_quantities(text))]
    ['新签约项目', '新签约项目总投资', '税收', '税收']
    """
    viewer = Viewer(text, skips, Words(places))
    sentence: list[Item] = []
    topic = Topic()
    stops = [*(quantity.start for quantity in quantities), len(text) + 1][1:]
    for quantity, place, stop in zip(quantities, locate(text, quantities), stops, strict=True):
        last = topic.last
        if last is None or last.place.sentence != place.sentence:
            yield from close_names(sentence, text)
            sentence = []
            end = last.quantity.end if last else 0
            topic = open_sentence(topic, text[end : place.sentence])
        else:
            topic = enter(topic, place, text[last.quantity.end : quantity.start])
        view = viewer.view(quantity, place, stop, topic)
        sentence.append(name_view(view, choose(view, topic)))
        _complete(sentence, viewer.places)
        topic = advance(topic, sentence[-1])
    yield from close_names(sentence, text)


def _complete(sentence: list[Item], places: Words) -> None:
    """Rename the numbers before the last one where it says more of them: rivals, lists."""
    item = sentence[-1]
    if item.reading.before_name:
        sentence[-2] = sentence[-2].renamed(item.reading.before_name)
    if not item.view.is_joined:
        return
    if len(sentence) > 1:
        sentence[-2] = share_modifier(item, sentence[-2]) or sentence[-2]
    group = read_group(sentence, places)
    if group:
        sentence[-len(group) :] = group
