"""Scores the pictures that measure.sh prepared with Keras in a pandas UDF, on two cores."""

import io
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pandas as pd
from typing import Iterator
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf

scratch = sys.argv[1]
model_file = f"{scratch}/model.keras"

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "2g")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")


@pandas_udf("int")
def classify(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    import keras
    import tensorflow as tf
    from PIL import Image

    tf.config.threading.set_intra_op_parallelism_threads(1)
    model = keras.saving.load_model(model_file, compile=False)
    for contents in batches:
        pixels = np.stack([np.asarray(Image.open(io.BytesIO(c)).convert("L")) for c in contents])
        answers = model.predict_on_batch(pixels[..., None].astype("float32") / 255)
        yield pd.Series(answers.argmax(axis=1).astype("int32"))


def peak_mib():
    """Returns the sum of the peaks of this process and those that it started, in MiB."""
    processes = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue  # It has ended.
        peak = int(lines.get("VmHWM", "0 kB").split()[0])
        processes[int(lines["Pid"])] = (int(lines["PPid"]), peak)
    ours = {os.getpid()}
    while True:
        children = {pid for pid, (parent, _) in processes.items() if parent in ours} - ours
        if not children:
            return sum(processes[pid][1] for pid in ours) // 1024
        ours |= children


table = spark.read.parquet(f"{scratch}/pictures.parquet")
for attempt in ("first", "second"):
    began = time.time()
    right = table.select(classify("content").alias("class"), "label").where("class = label").count()
    seconds = time.time() - began
    rows = table.count()
    print(
        f"score, Keras, {attempt}\tlocal[2]\t\t\t{seconds:.2f}\t{rows / seconds:.0f}"
        f"\t{right / rows:.4f}\t{peak_mib()}\t",
        flush=True,
    )
spark.stop()
