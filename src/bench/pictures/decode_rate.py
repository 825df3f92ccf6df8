"""Reads a folder of pictures batch by batch, without a network, and prints how many in a second.

    python decode_rate.py keras|torch FOLDER_OF_PICTURES --size 224

Keras reads them with image_dataset_from_directory, PyTorch with ImageFolder and a DataLoader of one
process for each core. `bench decoding` does the same with this library.
"""

import argparse
import os
import resource
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
CORES = len(os.sched_getaffinity(0))


def keras(arguments):
    import keras

    data = keras.utils.image_dataset_from_directory(
        arguments.folder,
        image_size=(arguments.size, arguments.size),
        batch_size=arguments.batch,
        seed=1,
        verbose=False,
    )
    count = len(data.file_paths)
    return data.prefetch(2), count, f"Keras {keras.__version__}"


def torch(arguments):
    import torch
    import torchvision
    from torchvision import datasets, transforms

    sides = (arguments.size, arguments.size)
    change = transforms.Compose([transforms.Resize(sides), transforms.ToTensor()])
    data = datasets.ImageFolder(arguments.folder, change)
    loader = torch.utils.data.DataLoader(
        data, arguments.batch, shuffle=True, num_workers=CORES, persistent_workers=False
    )
    name = f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}"
    return loader, len(data), name


def processor_seconds():
    """The time of this process and of the workers that have ended."""
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", choices=["keras", "torch"])
    parser.add_argument("folder")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    data, count, name = {"keras": keras, "torch": torch}[arguments.library](arguments)
    of_core, of_all = [], []
    for turn in range(arguments.rounds + 1):
        cpu, wall = processor_seconds(), time.perf_counter()
        for _ in data:
            pass
        if turn > 0:  # The first one warms up.
            of_core.append(count / (processor_seconds() - cpu))
            of_all.append(count / (time.perf_counter() - wall))
    print(
        f"{name}: {statistics.median(of_core):.0f} pictures per second of a core,"
        f" {statistics.median(of_all):.0f} per second on {CORES} cores"
    )


if __name__ == "__main__":
    main()
