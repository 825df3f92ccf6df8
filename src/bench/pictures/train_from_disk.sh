#!/bin/bash
# Trains a small network for an epoch on a folder of pictures that stay on disk, with a heap of
# 512 MB; then again, but killed in the middle and resumed. The weights must be the same.
#
#     train_from_disk.sh FOLDER_OF_PICTURES EMPTY_FOLDER CLASS_PATH
#
# GNU time prints the processor time and the peak resident memory.
set -eu
pictures=$1 work=$2 classes=$3
here=$(dirname "$0")
export TF_CPP_MIN_LOG_LEVEL=3
c4j="java -Xmx512m -cp $classes io.github.convnet4j.commandline.Main"
train="$c4j train --data $pictures --network $here/net.json --epochs 1 --batch-size 50"
train="$train --validation none --on-disk"

/usr/bin/time -f "straight: %e s, %U s of the processor, %M KB" $train --out "$work/straight"

saving="$train --out $work/killed --checkpoints $work/checkpoints --checkpoint-steps 100"
$saving & pid=$!
until ls "$work/checkpoints" 2> /dev/null | grep -q batch-00300; do sleep 1; done
kill -9 $pid
wait $pid || echo "killed with exit code $?"
/usr/bin/time -f "resumed: %e s, %U s of the processor, %M KB" $saving
sha256sum "$work"/straight/*.bin "$work"/killed/*.bin
