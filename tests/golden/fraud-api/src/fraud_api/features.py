"""Stage 3: columns become numbers, by an encoding that only training rows have shaped."""

from __future__ import annotations

import pandas as pd

from .data.encoder import Encoder
from .data.tables import read_table, write_table
from .data.target import Target
from .running.files import write_json
from .running.stage import Card, Metric, Rejected, Report, StageContext

TARGET = "__target__"


def run(context: StageContext) -> Report:
    """Writes both matrices, the encoder and the target's description."""
    contract = context.contract
    tables = {name: read_table(context.upstream("split", name)) for name in ("train", "test")}
    encoder = Encoder.fit(tables["train"], contract.features)
    column = contract.target_column
    every_target = pd.concat([table[contract.target] for table in tables.values()])
    target = Target.fit(
        every_target if contract.task == "classification" else tables["train"][contract.target],
        column,
        contract.task,
    )
    files = {name: context.folder / f"{name}.parquet" for name in tables}
    for name, table in tables.items():
        # Numbers are named by their place: two columns may lead to the same words.
        places = [str(place) for place in range(len(encoder.names))]
        matrix = pd.DataFrame(encoder.transform(table), columns=places)
        matrix[TARGET] = target.encode(table[contract.target], column)
        write_table(files[name], matrix)
    encoder_file, target_file = context.folder / "encoder.json", context.folder / "target.json"
    write_json(encoder_file, encoder.to_json())
    write_json(target_file, target.to_json())
    return Report(
        message=f"{len(contract.features)} columns became {len(encoder.names)} numbers.",
        card=Card(
            choice="indicators for frequent categories, parts for moments, numbers as they are",
            why="The encoding is readable JSON and the same code runs in training and in serving.",
            rejected=(
                Rejected("target encoding", "It leaks the target unless refitted in each fold."),
                Rejected("a pickled transformer", "Loading a pickle runs whatever is inside."),
            ),
        ),
        outputs={
            **{name: (path, "table") for name, path in files.items()},
            "encoder": (encoder_file, "model"),
            "target": (target_file, "model"),
        },
        metrics={"features": Metric(len(encoder.names), "train")},
        warnings=_constant(tables["train"], context),
    )


def _constant(train: pd.DataFrame, context: StageContext) -> tuple[str, ...]:
    names = [c.name for c in context.contract.features if train[c.name].nunique() < 2]
    return (f"Columns without any variation: {', '.join(names)}.",) if names else ()
