"""Reports by the thousand, made from the two in data/: other figures and names, lines left out."""

import random
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_FIGURE = re.compile(r"(?<![\d.-])\d{1,4}(?=[件次家人名户个项场起%万])")
_BODY = re.compile(r"\n(?![^\n]{0,40}(?:\n|$))")  # the start of a paragraph, not of a heading


def make_reports(folder: Path, number: int, share: float = 1) -> list[Path]:
    """Write report 0, 1, 2 … as UTF-8 files, with a share of their paragraphs; the same ones each
    time."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("data/*.txt"))]
    paths = []
    for i in range(number):
        path = folder / f"{i // 1000:03}" / f"{i:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(vary(texts[i % len(texts)], random.Random(i), share), encoding="utf-8")
        paths.append(path)
    return paths


def vary(text: str, chance: random.Random, share: float = 1) -> str:
    """A share of the paragraphs; of these one in ten left out, one in ten repeated; figures and
    places by chance."""
    head, *paragraphs = _BODY.split(text)
    paragraphs = [part for part in paragraphs if chance.random() < share]
    kept = [part for part in paragraphs for _ in range(chance.choice([0, 2, *[1] * 8]))]
    text = "\n".join([head, *kept])
    place = "".join(chance.choices("东西南北安平和新临江河山", k=2))
    text = re.sub("深圳|岚川", place, text)
    return _FIGURE.sub(lambda match: str(chance.randrange(10 ** len(match[0])) or 1), text)
