"""Runs the assembled jar in PySpark's distribution: spark-submit, and the Python classes.

    mvn -q -f spark/pom.xml -Pjar -DskipTests package
    python3 -m venv venv && venv/bin/pip install pyspark==4.2.0 numpy
    venv/bin/python spark/src/python/check_spark.py spark/target/convnet4j-spark-0.1.0-SNAPSHOT-all.jar
"""

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pyspark
from pyspark.ml import Pipeline
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parent))
from convnet4j_spark import ImageClassifier, ImageModel  # noqa: E402

HOME = Path(pyspark.__file__).parent
SIDE = 28


def png(rows):
    """Returns a gray picture as a PNG file."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def one():
    """Draws a 1: a white stroke on black."""
    return [
        [255 if 13 <= x <= 14 and 4 <= y <= 23 else 0 for x in range(SIDE)] for y in range(SIDE)
    ]


def submit(jar, *arguments):
    command = [
        str(HOME / "bin" / "spark-submit"),
        "--master", "local[2]",
        "--conf", "spark.ui.enabled=false",
        "--class", "io.github.convnet4j.spark.Main",
        jar,
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "SPARK_HOME": str(HOME)})
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main(jar):
    with tempfile.TemporaryDirectory() as scratch:
        model, pictures = f"{scratch}/model", Path(scratch, "pictures")
        printed = submit(jar, "train", "digits", model, "--epochs", "4", "--batch-size", "20")
        print(printed, end="")
        assert "epoch 4: cost" in printed, printed
        assert float(printed.split("test accuracy ")[1]) > 0.7, printed

        pictures.mkdir()
        (pictures / "one.png").write_bytes(png(one()))
        (pictures / "broken.png").write_bytes(b"not a picture")
        printed = submit(jar, "score", model, str(pictures))
        print(printed, end="")
        lines = printed.splitlines()
        assert "not a picture" in lines[0] or "picture" in lines[0], printed
        assert "one.png  1  " in lines[1], printed

        spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.jars", jar)
            .config("spark.driver.extraClassPath", jar)
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
        files = spark.read.format("binaryFile").load(str(pictures))
        scorer = ImageModel.fromFolder(model)
        scorer.set(scorer.topK, 2)
        rows = scorer.transform(files).orderBy("path").select("prediction.*").collect()
        assert rows[0]["class"] is None and rows[0]["error"], rows
        assert rows[1]["class"] == "1" and len(rows[1]["top"]) == 2, rows
        Pipeline(stages=[scorer]).fit(files).write().overwrite().save(f"{scratch}/pipeline")
        scorer.write().overwrite().save(f"{scratch}/scorer")
        loaded = ImageModel.load(f"{scratch}/scorer")
        assert loaded.getOrDefault("topK") == 2
        assert loaded.transform(files).where("prediction.class = '1'").count() == 1

        table = spark.createDataFrame(
            [(bytearray(png(one() if i % 2 else [[i] * SIDE] * SIDE)), i % 2) for i in range(40)],
            "content binary, label int",
        )
        estimator = ImageClassifier(
            startModel=model, epochs=1, batchSize=10, shards=2, stepsPerRound=1, seed=3
        )
        trained = estimator.fit(table)
        assert trained.transform(table).where("prediction.error is null").count() == 40
        spark.stop()
    print("PySpark predicts, trains, saves and loads.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
