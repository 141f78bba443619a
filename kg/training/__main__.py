"""`python -m kg.training GOLD_DIR...`: fits the weights of `kg.extract.telling` and writes them to their file.

`--out FILE` writes them elsewhere. The five seed articles and their digests are never given to it: nothing is learned
from them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.errors import CrossingsError
from kg.extract.telling import WEIGHTS
from kg.training.telling import train, written


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of *.gold.yaml with their texts")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    given = parser.parse_args()
    try:
        model = train(given.gold)
    except CrossingsError as error:
        parser.exit(2, f"python -m kg.training: {error}\n")
    given.out.write_bytes(written(model))
    print(f"wrote {given.out}: {len(model.tells.weights)} weights from {sum(model.texts.values())} texts")
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
