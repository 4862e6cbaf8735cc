"""Where places are: the gazetteer and the choice among namesakes."""
