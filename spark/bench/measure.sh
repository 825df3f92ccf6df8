#!/usr/bin/env bash
# Measures scoring and training with Spark against one process, on two cores (docs/spark.md):
#   mvn -q -f spark/pom.xml -Pjar -DskipTests package
#   spark/bench/measure.sh VENV MNIST_FOLDER SCRATCH [KERAS_VENV]
# VENV has pyspark 4.2.0 and numpy. KERAS_VENV has pyspark, pandas, pyarrow and tensorflow as well; without it
# the comparison with Keras is left out. Prints a line of tab-separated values for each measurement.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -lt 3 ]; then
  sed -n '2,6p' "$0"
  exit 2
fi
venv=$(cd "$1" && pwd)
data=$(cd "$2" && pwd)
mkdir -p "$3"
scratch=$(cd "$3" && pwd)
jar=$(ls "$PWD"/target/convnet4j-spark-*-all.jar)
SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_SCALA_VERSION=2.13

mkdir -p "$scratch/classes"
javac -proc:none -d "$scratch/classes" -cp "$jar:$SPARK_HOME/jars/*" bench/Bench.java
jar --create --file "$scratch/bench.jar" -C "$scratch/classes" .

submit() { # master, arguments of the benchmark
  local master=$1
  shift
  "$SPARK_HOME/bin/spark-submit" --master "$master" --driver-memory 2g \
    --conf spark.ui.enabled=false --conf spark.executor.memory=1g \
    --conf spark.driver.extraClassPath="$jar" --conf spark.executor.extraClassPath="$jar" \
    --class Bench "$scratch/bench.jar" "$@" 2>"$scratch/spark.log"
}

printf 'what\tmaster\tshards\tsteps a round\tseconds\trows a second\taccuracy\tMiB\tbytes a round\n'
submit 'local[2]' prepare "$data" "$scratch"
submit 'local[2]' score-alone "$data" "$scratch"
for master in 'local[2]' 'local-cluster[2,1,1024]'; do
  submit "$master" score "$data" "$scratch"
done
submit 'local[2]' train-alone "$data" "$scratch"
for master in 'local[2]' 'local-cluster[2,1,1024]'; do
  for steps in 1 10 50; do
    submit "$master" train "$data" "$scratch" 2 "$steps"
  done
done
# What the number of workers changes: one round with 1, 2 and 4 shards.
for shards in 1 2 4; do
  submit 'local[2]' rounds "$data" "$scratch" "$shards" 10
done
if [ $# -gt 3 ]; then
  "$4/bin/python" bench/keras_udf.py "$scratch"
fi
