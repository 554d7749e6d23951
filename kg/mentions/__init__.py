"""What is named in one article: names, demonyms, role phrases ("the Russian president") and pronouns.

Names come from the reader's tagger and from the knowledge base's names; where they overlap the longer one stays.
"""

from kg.mentions.finding import find_mentions
from kg.mentions.titles import PLURAL

__all__ = ["PLURAL", "find_mentions"]
