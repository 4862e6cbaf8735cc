"""Train the reader; run again it goes on where it stopped. See README.md for the commands."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import spacy
import torch

from onrecord.reading.model.features import CLS, MOST_PIECES, SEP, Features
from training import corpora
from training.corpora import Window
from training.evaluate import evaluate
from training.losses import losses, total
from training.network import Reader, from_minilm
from training.noise import noisy
from training.renaming import listed, pools_of, renamed

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LOG_EVERY = 50
MASK = 103  # of BERT's vocabulary
ALL_BUT_RE3D = ("nationality", "weapon", "platform")
WITHOUT_MISC = ("misc", *ALL_BUT_RE3D)


@dataclass(frozen=True, slots=True)
class Settings:
    """One run. A `passes` of 2.5 reads a corpus two and a half times."""

    seed: int = 1
    words_a_batch: int = 1000
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.0e-3
    layer_decay: float = 0.9
    warm_up: float = 0.06
    syntax_passes: float = 3.0
    names_passes: float = 2.0
    re3d_passes: float = 6.0
    attribution_passes: float = 1.0
    noise: bool = True
    renaming: bool = True
    hidden: float = 0.05
    polnear: bool = True


def corpora_of(settings: Settings) -> dict[str, tuple[list[Window], float]]:
    """Each corpus with the passes over it."""
    nlp = spacy.blank("en")

    def tokenize(text: str) -> corpora.Tokens:
        return [(token.text, token.idx) for token in nlp.make_doc(text) if not token.is_space]

    train, ner = SHARED / "train" / "syntax", SHARED / "train" / "ner"
    result: dict[str, tuple[list[Window], float]] = {}
    for name in ("ewt", "gum"):
        names = {row["id"]: row for row in corpora.rows(ner / f"{name}.train.jsonl.gz")}
        trees = corpora.treebank(train / f"{name}.train.conllu.gz")
        result[name] = list(corpora.syntax_windows(trees, names, ALL_BUT_RE3D)), settings.syntax_passes
    for name, untagged in (("wikigold", ALL_BUT_RE3D), ("wnut17", ALL_BUT_RE3D), ("btc", WITHOUT_MISC)):
        path, from_tweets = ner / f"{name}.train.jsonl.gz", name != "wikigold"
        windows = list(corpora.name_windows(path, tokenize, untagged, from_tweets=from_tweets))
        result[name] = windows, settings.names_passes * (2 if name == "wikigold" else 1)
    result["re3d"] = list(corpora.name_windows(ner / "re3d.train.jsonl.gz", tokenize, ("misc",))), settings.re3d_passes
    if settings.polnear:
        folder = SHARED / "bench" / "attribution"
        paths = folder / "train.articles.jsonl.gz", folder / "train.gold.jsonl.gz"
        result["polnear"] = list(corpora.attribution_windows(*paths, tokenize)), settings.attribution_passes
    return result


def batches_of(settings: Settings, features: Features) -> list[list[Window]]:
    """All batches of the run in their order: attribution comes late, when the words are understood."""
    chance = random.Random(settings.seed)
    drawn: dict[str, list[Window]] = defaultdict(list)
    for windows, passes in corpora_of(settings).values():
        fitting = [
            window for window in windows if sum(len(features.pieces(word)) for word in window.words) < MOST_PIECES - 2
        ]
        whole, part = divmod(passes, 1)
        for window in fitting * int(whole) + chance.sample(fitting, int(part * len(fitting))):
            drawn["tweets" if window.from_tweets else window.task].append(window)
    keyed = []
    for task, windows in drawn.items():
        chance.shuffle(windows)
        for batch in _grouped(windows, settings.words_a_batch):
            keyed.append((chance.random() ** (0.5 if task == "attribution" else 1.0), len(keyed), batch))
    return [batch for _, _, batch in sorted(keyed, key=lambda each: each[:2])]


def _grouped(windows: list[Window], words: int) -> list[list[Window]]:
    """Batches of windows of like length, from stretches of the shuffled list."""
    batches: list[list[Window]] = []
    for first in range(0, len(windows), 200):
        batch: list[Window] = []
        for window in sorted(windows[first : first + 200], key=lambda window: len(window.words)):
            if batch and (len(batch) + 1) * len(window.words) > words:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    return batches


def optimizer_of(reader: Reader, settings: Settings) -> torch.optim.Optimizer:
    """AdamW; lower layers learn more slowly (layer-wise decay), new parts faster."""
    rates: dict[float, list[torch.nn.Parameter]] = defaultdict(list)
    for name, parameter in reader.named_parameters():
        rates[_rate(name, settings)].append(parameter)
    return torch.optim.AdamW([{"params": each, "lr": rate} for rate, each in rates.items()], weight_decay=0.01)


def _rate(name: str, settings: Settings) -> float:
    if not name.startswith("encoder.") or ".cases" in name or ".breaks" in name:
        return settings.head_rate
    layer = int(name.split(".")[2]) + 1 if ".layers." in name else 0
    return settings.encoder_rate * settings.layer_decay ** (6 - layer)


def rate_at(step: int, steps: int, warm_up: float) -> float:
    """Linear warm-up, then linear decay to nothing."""
    begin = max(1, int(steps * warm_up))
    return (step + 1) / begin if step < begin else max(0.0, (steps - step) / (steps - begin))


def tensors(features: Features, windows: list[Window], device: torch.device, hidden: float) -> list[torch.Tensor]:
    """The batch as the network takes it; a share `hidden` of its word pieces is masked."""
    batch = features.batch([(window.words, window.breaks) for window in windows])
    if hidden and windows[0].attribution is None:  # PolNeAR is large enough, and rather learned too little
        masked = (torch.rand(batch.pieces.shape) < hidden).numpy()
        batch.pieces[masked & (batch.mask == 1) & (batch.pieces != CLS) & (batch.pieces != SEP)] = MASK
    arrays = (batch.pieces, batch.mask, batch.cases, batch.breaks, batch.words)
    return [torch.from_numpy(array).to(device) for array in arrays]


def train(settings: Settings, minilm: Path, work: Path, until: float | None, begin: Path | None = None) -> None:
    """Read all batches once and keep the state in `work`; `begin` is the state of a former run to go on from."""
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    features = Features(minilm / "tokenizer.json")
    batches = batches_of(settings, features)
    pools, lists = pools_of(window for batch in batches for window in batch), listed() if settings.renaming else {}
    reader = from_minilm(minilm / "model.safetensors").to(device)
    if begin is not None:
        reader.load_state_dict(torch.load(begin, weights_only=True, map_location=device)["reader"], strict=False)
    optimizer = optimizer_of(reader, settings)
    first, state_file = 0, work / "state.pt"
    if state_file.exists():
        state = torch.load(state_file, weights_only=True, map_location=device)
        reader.load_state_dict(state["reader"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    schedule = [group["lr"] for group in optimizer_of(reader, settings).param_groups]
    chance, seen, began = random.Random(settings.seed + first), defaultdict(list), time.time()
    words = 0
    print(f"{len(batches)} batches, from {first}, on {device}", flush=True)
    for step in range(first, len(batches)):
        reader.train()
        windows = batches[step]
        if settings.renaming:
            windows = [renamed(window, pools, lists, chance) for window in windows]
        if settings.noise:
            windows = [noisy(window, chance) for window in windows]
        for group, rate in zip(optimizer.param_groups, schedule, strict=True):
            group["lr"] = rate * rate_at(step, len(batches), settings.warm_up)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            output = reader(*tensors(features, windows, device, settings.hidden))
            parts = losses(reader, output, windows)
            loss = total(parts)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        words += sum(len(window.words) for window in windows)
        for name, part in parts.items():
            seen[name].append(part.item())
        if (step + 1) % LOG_EVERY == 0:
            means = {name: round(sum(each) / len(each), 3) for name, each in seen.items()}
            print(f"{step + 1} {words / (time.time() - began):.0f} words/s {means}", flush=True)
            seen.clear()
        out_of_time = until is not None and time.time() - began > until
        if (step + 1) % 300 == 0 or step + 1 == len(batches) or out_of_time:
            save(reader, optimizer, step + 1, state_file)
        if out_of_time:
            return
    scores = evaluate(reader, features, SHARED, device)
    record_run(settings, scores, time.time() - began, work)


def save(reader: Reader, optimizer: torch.optim.Optimizer, step: int, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save({"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
    part.replace(path)


def record_run(settings: Settings, scores: dict[str, float], seconds: float, work: Path) -> None:
    row: dict[str, Any] = {"settings": asdict(settings), "seconds": round(seconds), "scores": scores}
    print(json.dumps(row, indent=1))
    with (work / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work")
    parser.add_argument("--until", type=float, help="stop after so many seconds, to go on another time")
    parser.add_argument("--begin", type=Path, help="state.pt of a former run whose weights this one starts with")
    for name, value in asdict(Settings()).items():
        parser.add_argument(
            "--" + name.replace("_", "-"), type=type(value) if not isinstance(value, bool) else _bool, default=value
        )
    arguments = vars(parser.parse_args())
    minilm, work = arguments.pop("minilm"), arguments.pop("work")
    until, begin = arguments.pop("until"), arguments.pop("begin")
    work.mkdir(parents=True, exist_ok=True)
    train(Settings(**arguments), minilm, work, until, begin)


def _bool(value: str) -> bool:
    return value.lower() in {"1", "true", "yes"}


if __name__ == "__main__":
    main()
