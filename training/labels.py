"""What the model's heads tell apart; the lists go into the packaged model's `labels.json`."""

KEPT_SUBTYPES = ("nsubj:pass", "aux:pass", "nmod:poss", "obl:agent", "acl:relcl", "compound:prt")

UPOS = (*"ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split(),)

XPOS = (
    *"$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW GW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS".split(),
    *"PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB ``".split(),
)

RELATIONS = (
    *"acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj".split(),
    *"dep det discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:poss nsubj nsubj:pass".split(),
    *"nummod obj obl obl:agent orphan parataxis punct reparandum root vocative xcomp".split(),
)

NAME_TYPES = ("person", "organisation", "place", "nationality", "weapon", "platform", "misc")
NAMES = ("O", *(f"{begin}-{kind}" for kind in NAME_TYPES for begin in "BI"))

ATTRIBUTION = ("O", *(f"{begin}-{part}" for part in ("source", "cue", "content") for begin in "BI"))
