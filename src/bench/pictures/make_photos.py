"""Writes a folder of JPEG photographs in class folders, made from a few photographs.

    python make_photos.py FOLDER_OF_PHOTOS OUT --count 50000 --side 224

Each photograph is a class. A picture is a part of it that is cut out at random, scaled, flipped or
not, and made brighter or darker. The same arguments always write the same files.
"""

import argparse
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance


def make(job):
    photo, out, first, count, side, seed = job
    image = Image.open(photo).convert("RGB")
    random = np.random.default_rng([seed, first])
    for i in range(first, first + count):
        share = random.uniform(0.4, 1)
        size = int(min(image.size) * share)
        left = int(random.integers(0, image.width - size + 1))
        top = int(random.integers(0, image.height - size + 1))
        part = image.crop((left, top, left + size, top + size)).resize((side, side))
        if random.random() < 0.5:
            part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        part = ImageEnhance.Brightness(part).enhance(random.uniform(0.7, 1.3))
        part.save(out / f"{i:06d}.jpg", quality=90)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    photos = sorted(p for p in arguments.photos.iterdir() if p.suffix in (".png", ".jpg"))
    photos = [p for p in photos if "_left" not in p.stem and "_right" not in p.stem]
    jobs = []
    for number, photo in enumerate(photos):
        out = arguments.out / photo.stem
        out.mkdir(parents=True, exist_ok=True)
        total = arguments.count // len(photos) + (number < arguments.count % len(photos))
        for first in range(0, total, 500):
            jobs.append(
                (photo, out, first, min(500, total - first), arguments.side, arguments.seed)
            )
    with Pool(arguments.processes) as pool:
        pool.map(make, jobs, chunksize=1)


if __name__ == "__main__":
    main()
