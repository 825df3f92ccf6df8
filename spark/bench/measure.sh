#!/usr/bin/env bash
# Measures scoring and training with Spark against one process, on two cores (docs/spark.md):
#   mvn -q -f spark/pom.xml -Pjar -DskipTests package
#   spark/bench/measure.sh VENV MNIST_FOLDER SCRATCH [PART…]
# VENV has pyspark 4.2.0; for the part keras also tensorflow 2.16.2, Pillow, and pandas 2.2.3 and pyarrow 20.0.0, which
# work with its NumPy 1. Without a PART all are measured, which takes most of an hour on two cores. prepare comes first,
# with an empty SCRATCH. Prints a line of tab-separated values for each measurement.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -lt 3 ]; then
  sed -n '2,7p' "$0"
  exit 2
fi
venv=$(cd "$1" && pwd)
data=$(cd "$2" && pwd)
mkdir -p "$3"
scratch=$(cd "$3" && pwd)
shift 3
parts=${*:-prepare score keras train steps seeds alone rounds rings averages}
jar=$(ls "$PWD"/target/convnet4j-spark-*-all.jar)
# Writes the model as a file of Keras. The assembled jar does not have it.
hdf=$(ls "$HOME"/.m2/repository/io/jhdf/jhdf/*/jhdf-*.jar | tail -n 1)
SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_SCALA_VERSION=2.13

classes=$scratch/bench
if [ ! -d "$classes" ]; then
  mkdir -p "$classes"
  javac -proc:none -d "$classes" -cp "$jar:$SPARK_HOME/jars/*" bench/*.java
  jar --create --file "$scratch/bench.jar" -C "$classes" .
fi

submit() { # master, arguments of the benchmark
  local master=$1
  shift
  "$SPARK_HOME/bin/spark-submit" --master "$master" --driver-memory 3g \
    --conf spark.ui.enabled=false --conf spark.executor.memory="${memory:-2g}" --conf spark.driver.maxResultSize=2g \
    --conf spark.driver.extraClassPath="$jar:$scratch/bench.jar:$hdf" \
    --conf spark.executor.extraClassPath="$jar:$scratch/bench.jar" \
    --class io.github.convnet4j.spark.Bench "$scratch/bench.jar" "$@" 2>"$scratch/spark.log"
}

cluster='local-cluster[2,1,4096]'
measure() {
  case $1 in
    prepare) submit 'local[2]' prepare "$scratch" "$data" ;;
    score)
      submit 'local[2]' score-alone "$scratch"
      submit 'local[2]' score "$scratch"
      submit "$cluster" score "$scratch"
      ;;
    keras) "$venv/bin/python" bench/keras_udf.py "$scratch" ;;
    # Time to an accuracy.
    train)
      submit 'local[2]' train-alone "$scratch" "$data" 200 1 5
      submit "$cluster" train "$scratch" tree 2 10 1 5
      submit "$cluster" train "$scratch" ring 2 10 1 5
      submit 'local[2]' train "$scratch" tree 2 10 1 5
      ;;
    # How it depends on the steps between two averages.
    steps)
      submit "$cluster" train "$scratch" tree 2 1 1 1
      submit "$cluster" train "$scratch" tree 2 50 1 2
      ;;
    # The accuracy of three seeds each.
    seeds)
      for seed in 1 2 3; do
        submit 'local[2]' train-alone "$scratch" "$data" 200 "$seed" 8
        submit 'local[2]' train "$scratch" tree 2 10 "$seed" 8
      done
      ;;
    alone)
      for threads in 1 2; do
        submit 'local[2]' steps-alone "$scratch" "$data" "$threads"
      done
      ;;
    # What the number of workers changes.
    rounds)
      for workers in 1 2 4; do
        memory=1g submit "local-cluster[$workers,1,1024]" rounds "$scratch" tree "$workers" 10
      done
      ;;
    rings)
      for workers in 2 4; do
        memory=1g submit "local-cluster[$workers,1,1024]" rounds "$scratch" ring "$workers" 10
      done
      ;;
    # What a round costs apart from its steps: 0.4 and 4 million weights.
    averages)
      for averaging in tree ring; do
        memory=1g submit 'local-cluster[4,1,1024]' averages "$scratch" "$averaging" 128
        submit 'local-cluster[4,1,2048]' averages "$scratch" "$averaging" 1250
      done
      ;;
    *)
      echo "no part of this name: $1" >&2
      exit 2
      ;;
  esac
}

printf 'what\tmaster\tshards\tsteps a round\tseconds\trows a second\taccuracy\tMiB\tbytes a round\n'
for part in $parts; do
  measure "$part"
done
