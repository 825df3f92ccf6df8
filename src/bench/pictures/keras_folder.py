"""Trains a small network for an epoch on a folder of pictures, with Keras, and prints the time."""
import os, resource, sys, time
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf
import keras
folder = sys.argv[1]
def cpu():
    r = resource.getrusage(resource.RUSAGE_SELF); return r.ru_utime + r.ru_stime
start, wall = cpu(), time.time()
data = keras.utils.image_dataset_from_directory(folder, image_size=(224, 224), batch_size=50, seed=1, label_mode="int", verbose=False)
count = len(data.file_paths)
data = data.prefetch(2)
listed, listed_wall = cpu(), time.time()
model = keras.Sequential([keras.Input((224, 224, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(8, 5, 4, "same", activation="relu"), keras.layers.Conv2D(16, 3, 2, "same", activation="relu"), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(6)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(data, epochs=1, verbose=0)
end, end_wall = cpu(), time.time()
print(f"keras: {count} pictures; listing {listed-start:.1f} s cpu {listed_wall-wall:.1f} s wall; epoch {end-listed:.1f} s cpu {end_wall-listed_wall:.1f} s wall; {count/(end-listed):.0f} pictures per second of cpu; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024} MiB")
