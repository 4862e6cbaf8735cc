"""How fast articles are read, and in how much memory, against the network alone in the same run.

    python -m benchmarks.reading_speed [--articles FILE.jsonl] [--workers 2]
    OMP_NUM_THREADS=1 python -m benchmarks.reading_speed --stages [--articles FILE.jsonl]

The whole is `onrecord read --json` as a user runs it, start-up and all; what it takes to start, and to read a sentence
in each worker, is told beside it, and the speed without that. The network alone is the 8-bit model on the same windows
with as many threads, open already. So is the bare encoder: that of MiniLM as it comes, in 8 bits, on the same windows;
it is measured where it has been written with `python -m training.export --minilm FOLDER --bare .cache/encoder.onnx`.
Machines differ: compare the ratios.

With --stages, what each part of the reading costs in processor time, in one process with one thread; that holds on a
busy machine, too.
"""

from __future__ import annotations

import argparse
import compileall
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import spacy

import onrecord
from onrecord.articles.article import Article
from onrecord.reading import pipeline
from onrecord.reading.model.network import Network, session_of
from onrecord.reading.model.reader import Reader
from onrecord.reading.model.windows import Window, windows_of
from onrecord.views.as_json import encoded

ARTICLES = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "casualties" / "dev.articles.jsonl"
PACKAGE = Path(onrecord.__file__).resolve().parent
SAMPLED_EVERY = 2.0  # seconds; to ask takes 20 ms of the processor that the readers lack
ENCODER = Path(__file__).resolve().parent.parent / ".cache" / "encoder.onnx"
LEAST_SHARE = 0.6  # of the bare encoder's speed
MOST_RATIO, LEAST_RATE, MOST_MEMORY = 2.0, 10.0, 2_000  # of the first release: times the network, articles/s, MB


def network_alone(texts: list[str], threads: int) -> float:
    """Seconds that the network takes for the windows of the texts; opening it is not counted."""
    nlp, network = spacy.blank("en"), Network(threads=threads)
    windows: list[Window] = [window for text in texts for window in windows_of(nlp.make_doc(text), network.features)]
    network.scores(windows[:8])
    began = time.perf_counter()
    for first in range(0, len(windows), 100):
        network.scores(windows[first : first + 100])
    return time.perf_counter() - began


def encoder_alone(texts: list[str], threads: int, clock: Callable[[], float] = time.perf_counter) -> float | None:
    """Seconds that the bare encoder takes for the windows of the texts; None where it is not there."""
    if not ENCODER.exists():
        return None
    nlp, network = spacy.blank("en"), Network(threads=threads)
    windows = [window for text in texts for window in windows_of(nlp.make_doc(text), network.features)]
    session = session_of(ENCODER, threads)
    began = clock()
    for window in windows:
        batch = network.features.batch([(window.words, window.breaks)])
        session.run(None, {given.name: getattr(batch, given.name) for given in session.get_inputs()})
    return clock() - began


def by_stage(texts: list[str]) -> dict[str, float]:
    """Processor seconds for each part of the reading, start-up left out; the model without its network."""
    nlp, spent = pipeline.load(), dict[str, float]()
    reader = nlp.get_pipe(pipeline.MODEL)
    assert isinstance(reader, Reader)
    reader.network.threads = 1
    list(pipeline.readings(nlp, [Article(id="", text=text) for text in texts[:8]]))
    for text in texts:
        began = time.process_time()
        doc = pipeline.document_of(nlp, Article(id="", text=text))
        began = _spent(spent, "tokens", began)
        windows = list(windows_of(doc, reader.network.features))
        began = _spent(spent, "windows", began)
        scores = reader.network.scores(windows)
        began = _spent(spent, "network", began)
        reader.annotate(doc, zip(windows, scores, strict=True))
        began = _spent(spent, "decoding", began)
        for name, component in nlp.pipeline:
            if name != pipeline.MODEL:
                doc = component(doc)
                began = _spent(spent, name.removeprefix("onrecord."), began)
        encoded(pipeline.reading_of(doc))
        _spent(spent, "JSON", began)
    return spent


def _spent(on: dict[str, float], stage: str, began: float) -> float:
    now = time.process_time()
    on[stage] = on.get(stage, 0.0) + now - began
    return now


def print_stages(texts: list[str]) -> None:
    """Print a table of the parts, dearest first, and the whole's speed against the bare encoder's."""
    bare, spent = encoder_alone(texts, 1, time.process_time), by_stage(texts)
    whole = sum(spent.values())
    print("| part | ms an article | of the whole |\n| --- | --- | --- |")
    for stage, seconds in sorted(spent.items(), key=lambda part: -part[1]):
        print(f"| {stage} | {1000 * seconds / len(texts):.1f} | {seconds / whole:.0%} |")
    print(f"| whole | {1000 * whole / len(texts):.1f} | 100% |")
    if bare is not None:
        print(f"\nThe bare encoder takes {1000 * bare / len(texts):.1f} ms; the whole is {bare / whole:.2f} as fast.")


def whole_reading(articles: Path, workers: int) -> tuple[float, float]:
    """Seconds and peak memory (MB, proportional set size, all processes together) of `onrecord read`."""
    compileall.compile_dir(PACKAGE, quiet=1)  # as pip does with what it installs
    command = [sys.executable, "-m", "onrecord.cli", "read", "--json", "--workers", str(workers), str(articles)]
    began, peak = time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            peak = max(peak, memory(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(SAMPLED_EVERY)
                return time.perf_counter() - began, peak


def starting(workers: int) -> float:
    """Seconds that `onrecord read` takes for one sentence a worker; the least of three runs."""
    with tempfile.TemporaryDirectory() as folder:
        sentences = Path(folder) / "sentences.jsonl"
        rows = [{"id": str(number), "text": "Two men died in Homs on Monday."} for number in range(workers)]
        sentences.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return min(whole_reading(sentences, workers)[0] for _ in range(3))


def memory(pid: int) -> float:
    """Memory in MB of a process and all its children; pages that they share are counted once."""
    total = 0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            total += process.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return total / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--stages", action="store_true", help="processor time by part, and nothing else")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.articles.read_text(encoding="utf-8").split("\n") if line.strip()]
    texts = [row["text"] for row in rows]
    if arguments.stages:
        print_stages(texts)
        return
    words = sum(len(text.split()) for text in texts)
    alone = min(network_alone(texts, arguments.workers) for _ in range(2))  # whatever else runs only slows it
    bare = encoder_alone(texts, arguments.workers)
    whole, peak = whole_reading(arguments.articles, arguments.workers)
    reading = whole - starting(arguments.workers)
    print(f"{len(texts)} articles, {words} words, {arguments.workers} workers")
    if bare is not None:
        print(f"bare encoder   {bare:6.1f} s  {words / bare:7.0f} words/s")
    print(f"network alone  {alone:6.1f} s  {words / alone:7.0f} words/s")
    print(f"whole reading  {whole:6.1f} s  {words / whole:7.0f} words/s  {len(texts) / whole:.1f} articles/s")
    print(f"without start  {reading:6.1f} s  {words / reading:7.0f} words/s  {len(texts) / reading:.1f} articles/s")
    print(f"ratio          {whole / alone:6.2f}  (at most {MOST_RATIO})")
    if bare is not None:
        print(f"of the encoder {bare / reading:6.2f}  (at least {LEAST_SHARE}; {bare / whole:.2f} with the start)")
    print(f"peak memory    {peak:6.0f} MB (at most {MOST_MEMORY})")


if __name__ == "__main__":
    main()
