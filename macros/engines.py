"""Files of Parquet -> sums of each day, on the engine that is asked for. What is summed, and how, says `sums.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, cast

import narwhals as nw
from narwhals.exceptions import NarwhalsError
from narwhals.typing import IntoFrameT

from macros.problems import BarometerError
from macros.sums import DecimalPlaces, parts


class Query(NamedTuple):
    """What is to be summed.

    Attributes:
        files: Of each partition that is to be read its files.
    """

    folder: Path
    files: tuple[tuple[Path, ...], ...]
    decimal_places: DecimalPlaces

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read; no other is opened."""
        return ("relationship", "date", "score", *(["weight"] if self.decimal_places.weight else []))

    @property
    def names(self) -> list[str]:
        """Every file."""
        return [str(file) for partition in self.files for file in partition]


class Engine(NamedTuple):
    """One engine.

    Attributes:
        read: Opens files; a column `issue` tells their partition.
        records: Takes the rows of a small frame out of the engine.
        faults: Gives what it raises where a file cannot be read.
        at_once: Whether it reads all partitions in one go, because it need not hold them in memory.
    """

    read: Callable[[Query], Any]
    records: Callable[[Any], list[dict[str, Any]]]
    faults: Callable[[], tuple[type[BaseException], ...]]
    at_once: bool = True

    @property
    def raised(self) -> tuple[type[BaseException], ...]:
        """What is raised where a file cannot be read, by the engine or in its name."""
        return (NarwhalsError, *self.faults())


def engine(name: str) -> Engine:
    """Find an engine.

    Args:
        name: A key of ENGINES.

    Raises:
        BarometerError: It is not installed.
    """
    if find_spec(name) is None:
        raise BarometerError(f"the engine {name} is not installed; install it with: pip install 'barometer[{name}]'")
    return ENGINES[name]


def day_sums(query: Query, engine: Engine) -> Iterator[dict[str, Any]]:
    """Sum scores by issue, series and date.

    Yields:
        Rows of `parts`, in no order; `date` is as it was written.
    """
    for files in [query.files] if engine.at_once else [(partition,) for partition in query.files]:
        rows = whole_numbers(engine.read(query._replace(files=files)), query.decimal_places)
        yield from engine.records(parts(rows, "issue", "series", "date"))


def whole_numbers(rows: IntoFrameT, decimal_places: DecimalPlaces) -> IntoFrameT:
    """Make scores whole numbers of 64 bits, none of them missing, before they are grouped: engines differ on anything else.

    Args:
        rows: Rows as events.csv has them, and their issue.

    Returns:
        `issue`, `series`, `date`, `score` times its weight, and `weight`.
    """
    score = nw.col("score").cast(nw.Float64)
    frame = nw.from_native(cast(Any, rows)).filter(~(score.is_null() | score.is_nan()))
    weight = (
        _whole(nw.col("weight").cast(nw.Float64).fill_null(1), decimal_places.weight) if decimal_places.weight else nw.lit(1).cast(nw.Int64)
    )
    counted = frame.with_columns(score=_whole(score, decimal_places.score), weight=weight)
    weighted = counted.with_columns(score=nw.col("score") * nw.col("weight"), series=nw.col("relationship"))
    return cast(IntoFrameT, weighted.select("issue", "series", "date", "score", "weight").to_native())


def _whole(column: nw.Expr, decimal_places: int) -> nw.Expr:
    points: nw.Expr = column * 10**decimal_places
    return points.round(0).cast(nw.Int64)


def _relation(query: Query) -> Any:
    import duckdb

    read = "read_parquet($files, hive_partitioning = true, hive_types = {'issue': VARCHAR})"
    return duckdb.connect().sql(
        f"SELECT issue, {', '.join(query.columns)} FROM {read}", params={"files": [escape(name) for name in query.names]}
    )


def _duckdb_records(relation: Any) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _duckdb_faults() -> tuple[type[BaseException], ...]:
    import duckdb

    return (duckdb.Error,)


def _polars_faults() -> tuple[type[BaseException], ...]:
    from polars import exceptions

    return (exceptions.PolarsError, exceptions.PanicException)


def _pyspark_faults() -> tuple[type[BaseException], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (PySparkException, Py4JError)


def _pandas_records(frame: Any) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], frame.to_dict("records"))


def _polars(query: Query) -> Any:
    import polars

    files = polars.scan_parquet(query.names, glob=False, hive_partitioning=True, hive_schema={"issue": polars.String})
    return files.select("issue", *query.columns)


def _pyspark(query: Query) -> Any:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    try:
        spark = SparkSession.builder.appName("barometer").config("spark.ui.enabled", "false").getOrCreate()
    except PySparkRuntimeError as error:
        raise BarometerError("the engine pyspark did not start; it needs Java 17 or newer, named by JAVA_HOME or on the PATH") from error
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    files = spark.read.option("basePath", str(query.folder)).parquet(*query.names)
    return files.select("issue", *query.columns)


ENGINES = {
    "pandas": Engine(lambda query: _relation(query).df(), _pandas_records, _duckdb_faults, at_once=False),
    "duckdb": Engine(_relation, _duckdb_records, _duckdb_faults),
    "polars": Engine(_polars, lambda frame: cast(list[dict[str, Any]], frame.collect().to_dicts()), _polars_faults),
    "pyspark": Engine(_pyspark, lambda frame: [row.asDict() for row in frame.collect()], _pyspark_faults),
}
"""pandas and DuckDB are always there, and read Parquet by DuckDB; the others are extras of pyproject.toml."""
