"""Being written."""

from spacy.language import Language

NAME = "onrecord.model"


@Language.component(NAME)
def _model(doc):
    return doc
