"""Train the reader; run again it goes on where it stopped. See README.md for the commands."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import Any

import torch

from onrecord.reading.model.features import CLS, MOST_PIECES, SEP, Features
from training import corpora
from training.corpora import Window
from training.evaluate import evaluate
from training.losses import WEIGHTS, Pairs, as_taught, likeness, losses, total
from training.network import Output, Reader, Shape, from_minilm, saved
from training.noise import Shares, noisy
from training.renaming import listed, pools_of, renamed
from training.slimming import slimmed

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
    no_commas: float = 0.12
    lower_case: float = 0.06
    renaming: bool = True
    hidden: float = 0.05
    polnear: bool = True
    news_passes: float = 0.0
    """Over articles without any layer, of which only a teacher can tell something."""
    likeness: float = WEIGHTS["likeness"]
    """How much it weighs to have a teacher's states."""
    taught_tags: bool = False
    """Whether a teacher also hands on its tags and names, each with how likely it takes it to be."""
    shape: Shape = field(default_factory=Shape)
    """Narrower than the teacher's, it begins with what matters most in the teacher."""


def corpora_of(settings: Settings) -> dict[str, tuple[list[Window], float]]:
    """Each corpus with the passes over it."""
    train, ner = SHARED / "train" / "syntax", SHARED / "train" / "ner"
    result: dict[str, tuple[list[Window], float]] = {}
    for name in ("ewt", "gum"):
        names = {row["id"]: row for row in corpora.rows(ner / f"{name}.train.jsonl.gz")}
        trees = corpora.treebank(train / f"{name}.train.conllu.gz")
        result[name] = list(corpora.syntax_windows(trees, names, ALL_BUT_RE3D)), settings.syntax_passes
    for name, untagged in (("wikigold", ALL_BUT_RE3D), ("wnut17", ALL_BUT_RE3D), ("btc", WITHOUT_MISC)):
        path, from_tweets = ner / f"{name}.train.jsonl.gz", name != "wikigold"
        windows = list(corpora.name_windows(path, untagged, from_tweets=from_tweets))
        result[name] = windows, settings.names_passes * (2 if name == "wikigold" else 1)
    result["re3d"] = list(corpora.name_windows(ner / "re3d.train.jsonl.gz", ("misc",))), settings.re3d_passes
    if settings.polnear:
        folder = SHARED / "bench" / "attribution"
        paths = folder / "train.articles.jsonl.gz", folder / "train.gold.jsonl.gz"
        result["polnear"] = list(corpora.attribution_windows(*paths)), settings.attribution_passes
    news = (SHARED / "bench" / name / "train.articles.jsonl" for name in ("incidents", "stories", "places"))
    result["news"] = [w for path in news for w in corpora.bare_windows(path)], settings.news_passes
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


class Course:
    """A reader that learns, with what it learns by; `teacher`: whose states after each layer it is to have."""

    def __init__(self, settings: Settings, features: Features, reader: Reader, teacher: Reader | None) -> None:
        self.settings, self.features, self.reader, self.teacher = settings, features, reader, teacher
        self.device = next(reader.parameters()).device
        self.optimizer = optimizer_of(reader, settings)
        self._rates = [group["lr"] for group in self.optimizer.param_groups]

    def step(self, clean: list[Window], rate: float, chance: random.Random) -> dict[str, float]:
        """Learn from a batch, at this share of the rates; the losses by name."""
        self.reader.train()
        seen, kept = clean, [list(range(len(window.words))) for window in clean]
        if self.settings.noise:
            shares = Shares(self.settings.no_commas, self.settings.lower_case)
            noised = [noisy(window, chance, shares) for window in clean]
            seen, kept = [window for window, _ in noised], [left for _, left in noised]
        for group, most in zip(self.optimizer.param_groups, self._rates, strict=True):
            group["lr"] = most * rate
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            output = self.reader(*tensors(self.features, seen, self.device, self.settings.hidden))
            parts = losses(self.reader, output, seen)
            if self.teacher is not None:
                taught = self._taught(clean)
                pairs = Pairs.of(kept)
                parts["likeness"] = likeness(output, taught, pairs)
                if self.settings.taught_tags:
                    parts["taught"] = as_taught(output, taught, pairs)
            loss = total(parts, WEIGHTS | {"likeness": self.settings.likeness})
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimizer.step()
        return {name: part.item() for name, part in parts.items()}

    @torch.no_grad()
    def _taught(self, clean: list[Window]) -> Output:
        assert self.teacher is not None
        taught: Output = self.teacher(*tensors(self.features, clean, self.device, 0.0))
        return taught

    def save(self, step: int, path: Path) -> None:
        """Keep the state after so many steps, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part, shape = path.with_suffix(".part"), astuple(self.reader.shape)
        state = {"reader": self.reader.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save(state | {"shape": shape, "step": step}, part)
        part.replace(path)

    def go_on(self, path: Path) -> int:
        """Take up a state that was kept; after how many steps that was, 0 where there is none."""
        if not path.exists():
            return 0
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.reader.load_state_dict(state["reader"])
        self.optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])


def begun(
    settings: Settings,
    features: Features,
    minilm: Path,
    batches: list[list[Window]],
    begin: Path | None,
    teacher_at: Path | None,
) -> Course:
    """A course at its beginning: with a former run's weights, as narrow as the teacher is to be made, or as MiniLM."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    teacher = saved(teacher_at).eval() if teacher_at is not None else None
    if begin is not None:
        reader = saved(begin)
    elif teacher is not None:
        looked_at = batches[: len(batches) : max(1, len(batches) // 40)]
        texts = (tensors(features, windows, torch.device("cpu"), 0.0) for windows in looked_at)
        reader = slimmed(teacher, settings.shape, texts)
    else:
        reader = from_minilm(minilm / "model.safetensors")
    return Course(settings, features, reader.to(device), teacher.to(device) if teacher is not None else None)


def train(
    settings: Settings,
    minilm: Path,
    work: Path,
    until: float | None,
    begin: Path | None = None,
    teacher: Path | None = None,
) -> None:
    """Read all batches once and keep the state in `work`; `begin` is the state of a former run to go on from.

    With the state of a teacher (of MiniLM's shape) the reader also learns to have the same states after each layer.
    """
    torch.manual_seed(settings.seed)
    features, state = Features(minilm / "tokenizer.json"), work / "state.pt"
    batches = batches_of(settings, features)
    pools, lists = pools_of(window for batch in batches for window in batch), listed() if settings.renaming else {}
    course = begun(settings, features, minilm, batches, begin, teacher)
    first = course.go_on(state)
    chance, seen, began, words = random.Random(settings.seed + first), defaultdict(list), time.time(), 0
    print(f"{len(batches)} batches, from {first}, on {course.device}", flush=True)
    for step, windows in enumerate(batches[first:], first):
        if settings.renaming:
            windows = [renamed(window, pools, lists, chance) for window in windows]
        lost = course.step(windows, rate_at(step, len(batches), settings.warm_up), chance)
        words += sum(len(window.words) for window in windows)
        for name, part in lost.items():
            seen[name].append(part)
        if (step + 1) % LOG_EVERY == 0:
            means = {name: round(sum(each) / len(each), 3) for name, each in seen.items()}
            print(f"{step + 1} {words / (time.time() - began):.0f} words/s {means}", flush=True)
            seen.clear()
        out_of_time = until is not None and time.time() - began > until
        if (step + 1) % 300 == 0 or step + 1 == len(batches) or out_of_time:
            course.save(step + 1, state)
        if out_of_time:
            return
    record_run(settings, evaluate(course.reader, features, SHARED, course.device), time.time() - began, work)


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
    parser.add_argument("--teacher", type=Path, help="state.pt of a reader of MiniLM's shape to learn from")
    parser.add_argument("--shape", type=_shape, default=Shape(), help="HEADS,FEED_FORWARD,BY_WORD, with a teacher")
    for name, value in asdict(Settings()).items():
        if name == "shape":
            continue
        parser.add_argument(
            "--" + name.replace("_", "-"), type=type(value) if not isinstance(value, bool) else _bool, default=value
        )
    arguments = vars(parser.parse_args())
    minilm, work = arguments.pop("minilm"), arguments.pop("work")
    until, begin, teacher = (arguments.pop(name) for name in ("until", "begin", "teacher"))
    work.mkdir(parents=True, exist_ok=True)
    train(Settings(**arguments), minilm, work, until, begin, teacher)


def _shape(text: str) -> Shape:
    return Shape(*map(int, text.split(",")))


def _bool(value: str) -> bool:
    return value.lower() in {"1", "true", "yes"}


if __name__ == "__main__":
    main()
