"""English in, an annotated spaCy `Doc` out: sentences, tags, lemmas and names, all tied to the document's offsets."""

from kg.reader.annotation import annotate, load_reader, sentence_spans, sentences_of

__all__ = ["annotate", "load_reader", "sentence_spans", "sentences_of"]
