"""Score one benchmark while a rule is being worked on: what the model gave is kept, only the rules run again.

    python -m benchmarks.score_cached casualties --errors 50
    python -m benchmarks.score_cached attribution --split train --limit 50

`make accuracy` gives the figures that count, by `onrecord read`; this gives the same ones in seconds.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import subprocess
import sys
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import onrecord.reading.model as model_package
from onrecord.articles.article import Article
from onrecord.articles.boilerplate import boilerplate_in
from onrecord.reading import pipeline
from onrecord.reading.schema import as_json

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT.parent / "shared" / "bench"
CACHE = ROOT / ".cache" / "docs"
NEEDED = {  # the last section that a benchmark looks at
    "times": "onrecord.times",
    "entities": "onrecord.names",
    "places": "onrecord.names",
    "attribution": "onrecord.attributions",
    "casualties": "onrecord.incidents",
    "incidents": "onrecord.incidents",
    "events": "onrecord.incidents",
    "truces": "onrecord.truces",
}
FIELDS = ("id", "text", "title", "published", "outlet", "url")


def lines_of(path: Path) -> list[str]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [line for line in text.decode("utf-8").split("\n") if line.strip()]


def articles_of(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in lines_of(path)]
    return [Article(**{key: row.get(key) for key in FIELDS}, boilerplate=boilerplate_in(row["text"])) for row in rows]


def model_key() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(model_package.__file__).parent.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".onnx", ".json", ".npz", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def modelled(nlp: Language, articles: list[Article], name: str) -> list[Doc]:
    """The articles' documents as the model leaves them, from the cache where they are in it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    kept_in = CACHE / f"{name}-{model_key()}.pickle"
    kept: dict[str, bytes] = pickle.loads(kept_in.read_bytes()) if kept_in.exists() else {}
    keys = [hashlib.sha256(article.body().encode()).hexdigest() for article in articles]
    missing = {key: article for key, article in zip(keys, articles, strict=True) if key not in kept}
    if missing:
        with nlp.select_pipes(enable=[pipeline.MODEL]):
            made = nlp.pipe(pipeline.document_of(nlp, article) for article in missing.values())
            for key, doc in zip(missing, made, strict=True):
                doc._.article = None
                kept[key] = doc.to_bytes()
        kept_in.write_bytes(pickle.dumps(kept))
    docs = []
    for key, article in zip(keys, articles, strict=True):
        doc = Doc(nlp.vocab).from_bytes(kept[key])
        doc._.article = article
        docs.append(doc)
    return docs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path, help="where the readings go (default: the cache folder)")
    arguments = parser.parse_args()
    folder = BENCHMARKS / arguments.name
    path = next(folder.glob(f"{arguments.split}.articles.jsonl*"))
    articles = articles_of(path)[: arguments.limit]
    nlp = pipeline.load()
    docs = modelled(nlp, articles, f"{arguments.name}-{arguments.split}")
    out = arguments.out or CACHE / f"{arguments.name}-{arguments.split}.readings.jsonl"
    last = NEEDED.get(arguments.name, pipeline.SECTION_COMPONENTS[-1])
    sections = pipeline.SECTION_COMPONENTS[: pipeline.SECTION_COMPONENTS.index(last) + 1]
    with nlp.select_pipes(enable=list(sections)), out.open("w", encoding="utf-8") as file:
        for doc in nlp.pipe(docs):
            file.write(json.dumps(as_json(pipeline.reading_of(doc)), ensure_ascii=False) + "\n")
    gold = next(folder.glob(f"{arguments.split}.gold.jsonl*"))
    wanted = {article.id for article in articles}
    gold_used = CACHE / f"{arguments.name}-{arguments.split}.gold.jsonl"
    gold_used.write_text(
        "\n".join(line for line in lines_of(gold) if json.loads(line)["id"] in wanted), encoding="utf-8"
    )
    command = [sys.executable, BENCHMARKS / "score.py", arguments.name, "--gold", gold_used, "--readings", out]
    subprocess.run([*command, "--errors", str(arguments.errors)], check=True)


if __name__ == "__main__":
    main()
