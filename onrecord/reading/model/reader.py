"""Being written."""

from spacy.language import Language

NAME = "onrecord.model"


@Language.component("onrecord_model")
def _model(doc):
    return doc
