"""Made-up pages."""

ARTICLE = b"""<html><head><title>Two killed in shelling of Qasr</title></head>
<body><article><h1>Two killed in shelling</h1>
<p>QASR, 14 October 2016. Two people were killed and five wounded on Friday when shells fell on the market of Qasr,
the district hospital said. Residents said that the shelling began at noon and went on until the evening.</p>
<p>The governor told reporters that three of the wounded were children. Nobody has said who fired the shells, and the
hospital has asked for blood and for fuel for its generator.</p></article></body></html>"""
WALL = (
    b"""<html><body><p>We and our partners use cookies. Accept all cookies or manage your consent.</p></body></html>"""
)
SHELL = (
    b"""<html><head><title>News</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>"""
)
BLOCKED = b"""<html><body><h1>Access denied</h1><p>You don't have permission to access this page.</p></body></html>"""
