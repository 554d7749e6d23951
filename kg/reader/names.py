"""Names in a text: runs of name tokens, cut where a title, a people's name or punctuation ends a name."""

from kg.reader import name_labels
from kg.reader.lexicon import is_common
from kg.reader.name_labels import Name, Piece, Source
from kg.reader.name_tokens import HYPHENS, NameTokens, is_group, is_listed, is_place, nameless
from kg.reader.wordlists import words

OF_WORDS = frozenset({"of", "for", "on"})
AND_WORDS = frozenset({"and", "&"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
LONGEST_TITLE = 4
LONGEST_RUN = 30
"""Tokens at which a run is cut: no name is longer, and hostile text could make one of a million."""


def find_names(source: Source) -> list[Name]:
    """Return the names of a text in order; they do not overlap."""
    finder = _Finder(source)
    pieces = [piece for begin, end in finder.runs() for piece in finder.pieces(begin, end)]
    return name_labels.label_all(pieces, source)


class _Finder(NameTokens):
    """Runs of name tokens, and the names in them."""

    def runs(self) -> list[tuple[int, int]]:
        """Maximal runs of name tokens, connecting words included."""
        found = list[tuple[int, int]]()
        index, size = 0, len(self.texts)
        while index < size:
            if not self.part[index]:
                index += 1
                continue
            begin = self._with_opener(index, found[-1][1] if found else 0)
            self.part[begin] = True
            end = index + 1
            while end < size and end - begin < LONGEST_RUN and (following := self._continuation(begin, end)) > end:
                end = following
            found.append((begin, self._with_suffix(end)))
            index = found[-1][1]
        return found

    def _with_opener(self, index: int, least: int) -> int:
        """Include an ordinary word at the start of a sentence: "Supreme" in "Supreme Court judges"."""
        before = index - 1
        if before < least or not self.source.free[before] or self.part[before] or not self._adjacent(index):
            return index
        text = self.texts[before]
        built = is_common(self.texts[index].lower()) and not self.source.free[index]
        tag = self.source.tags[before]
        wanted = tag in {"NOUN", "ADJ", "PROPN", "VERB.VBN", "NUM"} and text[0].isupper() and not nameless(text)
        return before if built and wanted and text.lower() not in words("titles") else index

    def _with_suffix(self, end: int) -> int:
        if (
            self.texts[end : end + 1] == [","]
            and self.texts[end + 1 : end + 2]
            and self.texts[end + 1] in words("name_suffixes")
        ):
            return end + 2
        return end

    def _adjacent(self, index: int) -> bool:
        """Does only white space within a line part token `index` from the one before?"""
        return not self.source.starts[index]

    def _continuation(self, begin: int, end: int) -> int:
        """End of the run if token `end` (and perhaps more) continues it, else `end`."""
        if not self._adjacent(end):
            return end
        if self.part[end]:
            return end + 1
        text = self.texts[end]
        if text in HYPHENS:
            return self._after_hyphen(begin, end)
        if not self.is_part_at(end + 1) and not (text in OF_WORDS and self.texts[end + 1 : end + 2] == ["the"]):
            particles = text in words("name_particles") and self.texts[end + 1 : end + 2] != []
            if not (particles and self.texts[end + 1] in words("name_particles") and self.is_part_at(end + 2)):
                return end
            return end + 3
        if text in OF_WORDS:
            return self._after_of(begin, end)
        if text in AND_WORDS:
            return end + 2 if self._joins(begin, end) else end
        if text in POSSESSIVES:
            inside = self.texts[end - 1] in words("possessive_heads") and is_common(self.texts[end + 1].lower())
            return end + 2 if inside else end
        return end + 2 if text in words("name_particles") else end

    def _after_hyphen(self, begin: int, end: int) -> int:
        if self.source.gaps[end] or end + 1 >= len(self.texts) or self.source.gaps[end + 1]:
            return end
        text = self.texts[end + 1]
        if not self.part[end + 1]:
            joined = text.isalpha() and text not in words("compound_tails") and end - begin >= 2
            return end + 2 if joined and (not is_common(text) or self.texts[end - 1] in self.seen) else end
        sides = [self._stands_alone(self.texts[end - 1]), self._stands_alone(text)]
        people = self.texts[end - 1] in words("surnames") and text in words("surnames")
        apart = (
            people
            or all(sides)
            or (any(sides) and end - begin == 1 and self.texts[end - 1] not in words("given_names"))
        )
        return end if apart else end + 2

    def _stands_alone(self, text: str) -> bool:
        """Is `text` a name by itself: "Israel" and "Iran" in "Israel-Iran", but not "Jean" in "Jean-Pierre"?"""
        return is_listed(text) or text in self.alone

    def _after_of(self, begin: int, end: int) -> int:
        following = end + 2 if self.texts[end + 1] == "the" else end + 1
        if not self.is_part_at(following):
            return end
        head = self.texts[end - 1]
        heads = words("organization_words") | words("place_words") | words("thing_words")
        titled = head.lower() in words("titles")
        if self.texts[end] == "on" and head not in words("thing_words"):
            return end
        run = self.texts[begin:end]
        long = any(text in OF_WORDS for text in run) and any(text in words("organization_words") for text in run)
        return following + 1 if head in heads or titled or long else end

    def _joins(self, begin: int, end: int) -> bool:
        """Does "and" stand inside one name: "Ministry of Trade and Industry", "Securities and Exchange Commission"?"""
        left, right = self.texts[begin:end], self.texts[end + 1]
        if self.texts[end] == "&":
            return True
        if not is_common(right.lower()) or is_listed(right) or is_listed(left[-1]):
            return False
        if "of" in left or "for" in left:
            return any(text in words("organization_words") for text in left)
        last = end + 1
        while self.is_part_at(last + 1):
            last += 1
        heads = words("organization_words") | words("thing_words")
        return last > end + 1 and len(left) <= 2 and self.texts[last] in heads

    # ── pieces of runs ──────────────────────────────────────────────────────────────────────────

    def pieces(self, begin: int, end: int) -> list[Piece]:
        """Cut a run at titles and behind peoples' names."""
        found = list[Piece]()
        piece_begin, index, titled = begin, begin, False
        fixed = self.texts[end - 1] in words("organization_words") | words("place_words")
        while index < end:
            length = 0 if fixed and index == begin else self._title_length(index, end)
            if not length or self._no_title(begin, index, index + length, end):
                index += 1
                continue
            found += self._without_people(piece_begin, index, titled)
            index, titled = self._after_title(index + length, end)
            piece_begin = index
        return found + self._without_people(piece_begin, end, titled)

    def _no_title(self, begin: int, index: int, after: int, end: int) -> bool:
        """Are tokens [index, after) no post but a surname ("Stephen King") or part of "Prime Minister's Office"?"""
        behind_given = index > begin and self.texts[index - 1] in words("given_names")
        last = after == end or self.texts[after] in words("name_suffixes") | {","}
        surname = index > begin and last and self.texts[begin] in words("given_names")
        owner = any(text in POSSESSIVES for text in self.texts[after:end])
        return behind_given or surname or owner or any(self.glued[index:after])

    def _title_length(self, index: int, end: int) -> int:
        for length in range(min(LONGEST_TITLE, end - index), 0, -1):
            if " ".join(self.texts[index : index + length]).replace(" - ", "-").lower() in words("titles"):
                return length
        return 0

    def _after_title(self, index: int, end: int) -> tuple[int, bool]:
        """Skip the field of a post ("of Foreign Affairs"); say whether a person's name is next."""
        if index >= end or self.texts[index] not in OF_WORDS:
            return index, True
        index += 2 if self.texts[index + 1] == "the" else 1
        field = index
        while index < end and self._is_field(self.texts[index]) and not any(self.glued[index : index + 2]):
            index += 1
        return index, index > field

    def _is_field(self, text: str) -> bool:
        lower = text.lower()
        return is_common(lower) and not is_place(text) and text not in words("given_names") and not is_group(text)

    def _without_people(self, begin: int, end: int, titled: bool) -> list[Piece]:
        """Cut "Russian" from "Russian Vladimir Putin", but not from "Russian Foreign Ministry"."""
        while begin < end and not self.part[begin] and not self.glued[begin]:
            begin += 1
        while end > begin and not self.part[end - 1] and self.texts[end - 1] not in words("name_suffixes"):
            if self.texts[end - 2 : end - 1] and self.texts[end - 2] in HYPHENS:
                break
            end -= 1
        if begin >= end:
            return []
        kept = name_labels.head_label(self.texts[begin:end]) is not None or self.texts[begin] in words("given_names")
        length = 0 if kept else next((n for n in (3, 2, 1) if is_group(" ".join(self.texts[begin : begin + n]))), 0)
        if not 0 < length < end - begin or self.glued[begin + length]:
            return self._without_body(begin, end, titled)
        people = Piece(begin=begin, end=begin + length, titled=False)
        return [people, *self._without_people(begin + length, end, titled)]

    def _without_body(self, begin: int, end: int, titled: bool) -> list[Piece]:
        """Cut "Refugee Council Enver Solomon" and "Russia Vladimir Putin" before the person."""
        place = next((n for n in (3, 2, 1) if is_place(" ".join(self.texts[begin : begin + n]))), 0)
        if place and end - begin - place > 1 and self.texts[begin + place] in words("given_names"):
            body = Piece(begin=begin, end=begin + place, titled=False)
            return [body, Piece(begin=begin + place, end=end, titled=titled)]
        for index in range(begin + 1, end - 1):
            rest = self.texts[index:end]
            unusual = all(text[0].isupper() for text in rest) and name_labels.is_unusual(rest)
            personal = rest[0] in words("given_names") or (unusual and name_labels.listed_label(tuple(rest)) is None)
            person = personal and self.texts[index - 1] in words("organization_words")
            if person and not self.glued[index]:
                body = Piece(begin=begin, end=index, titled=False)
                return [body, Piece(begin=index, end=end, titled=titled)]
        return [Piece(begin=begin, end=end, titled=titled)]
