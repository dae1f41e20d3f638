"""`python -m experiments.plots`: the pictures of docs/qfx.md from the results. Needs matplotlib."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean
from typing import Any

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "bitloom"  # The same file each time.
from matplotlib import pyplot  # noqa: E402

from .bitloom import REPOSITORY  # noqa: E402

RESULTS = Path(__file__).parent / "results"
FIGURES = REPOSITORY / "docs" / "figures"
FORMS = {"fixed": "12-bit fixed point", "3": "K = 3", "2": "K = 2", "1": "K = 1"}
TRAININGS = {
    "after": ("-o", "after training"),
    "fixed": ("x", "parameters trained"),
    "learned": ("*", "binary points too"),
}
COLOURS = ["tab:gray", "tab:green", "tab:blue", "tab:red"]


def main() -> None:
    FIGURES.mkdir(exist_ok=True)
    _fracnet(json.loads((RESULTS / "fracnet.json").read_text()))
    _fashion(json.loads((RESULTS / "fashion.json").read_text()))
    _word_lengths(json.loads((RESULTS / "word-lengths.json").read_text()))


def _fracnet(results: dict[str, Any]) -> None:
    figure, axes = pyplot.subplots(figsize=(6.5, 4))
    cells = [(*key.split()[:4], result["right"]) for key, result in results.items()]
    for (form, label), colour in zip(FORMS.items(), COLOURS, strict=True):
        for training, (marker, what) in TRAININGS.items():
            points = sorted((int(w), right) for of, w, k, start, right in cells if (of, k, start) == (training, form, "error"))
            if points:
                size = 5 if training == "after" else 8
                axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=size, label=f"{label}, {what}")
    axes.axhline(893, color="black", linewidth=0.8, linestyle="--", label="the release: 893, 108 multipliers")
    axes.set(xlabel="bits of every feature map", ylabel="right of 1,017", title="FracNet without a multiplier")
    axes.set_ylim(700, 940)  # K = 1 is below until it is trained.
    axes.legend(fontsize=7)
    _save(figure, "fracnet-word-lengths.svg")


def _fashion(results: dict[str, int]) -> None:
    figure, axes = pyplot.subplots(figsize=(6.5, 3.6))
    for method, label, colour in (("after", "bitloom quantize", "tab:gray"), ("learned", "QFX", "tab:blue")):
        points = [(int(width), right / 100) for key, right in results.items() for of, width, _ in [key.split()] if of == method]
        axes.plot(*zip(*points, strict=True), "o", color=colour, label=label)
        widths = sorted({width for width, _ in points})
        means = [fmean(right for width, right in points if width == at) for at in widths]
        axes.plot(widths, means, "-", color=colour)
    real = [right / 100 for key, right in results.items() if key.startswith("float")]
    axes.axhline(fmean(real), color="black", linewidth=0.8, linestyle="--", label="float")
    axes.set(xlabel="bits of weights and feature maps", ylabel="test accuracy, %", title="Fashion-MNIST, each seed a dot")
    axes.legend()
    _save(figure, "fashion-word-lengths.svg")


def _word_lengths(results: dict[str, Any]) -> None:
    figure, axes = pyplot.subplots(figsize=(6.5, 3.6))
    plans: dict[str, list[tuple[int, float]]] = {}
    for key, result in results.items():
        plans.setdefault(key.rpartition(" ")[0], []).append((result["luts"], result["right"] / 100))
    for learned, label, colour in ((False, "the same word length everywhere", "tab:gray"), (True, "learned", "tab:blue")):
        seeds = {plan: points for plan, points in plans.items() if plan.startswith("learned") == learned}
        axes.plot(*zip(*(point for points in seeds.values() for point in points), strict=True), "o", color=colour, label=label)
        means = {plan: (fmean(luts for luts, _ in at), fmean(right for _, right in at)) for plan, at in seeds.items()}
        axes.plot(*zip(*sorted(means.values()), strict=True), "-", color=colour)
        for plan, mean in means.items():
            text = f"{float(plan.split()[1]):.4f} per LUT" if learned else plan
            at, side = ((-20, 14), "right") if learned else ((10, -14), "left")
            axes.annotate(text, mean, xytext=at, textcoords="offset points", ha=side, fontsize=7)
    axes.set(xlabel="LUTs of the products", ylabel="test accuracy, %", title="Fashion-MNIST, word lengths, each seed a dot")
    axes.margins(0.12)
    axes.legend()
    _save(figure, "word-lengths.svg")


def _save(figure: Any, name: str) -> None:
    figure.tight_layout()
    figure.savefig(FIGURES / name, metadata={"Date": None, "Title": figure.axes[0].get_title()})


if __name__ == "__main__":
    main()
