"""Reads a folder of event files as TensorBoard does, and prints what it finds.

    check_tensorboard.py target/tensorboard

Run with tensorboard 2.16.2 and Pillow. Ends with 1 if there is no run, or a picture is not of the
size that it says.
"""

import io
import pathlib
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

# Keep all values, not a sample.
EVERYTHING = {"scalars": 0, "images": 0, "histograms": 0, "tensors": 0}


def scalars(events, tag):
    return ", ".join(f"{e.step}: {e.tensor_proto.float_val[0]:.7g}" for e in events.Tensors(tag))


def histograms(events, tag):
    import tensorflow as tf

    lines = []
    for e in events.Tensors(tag):
        buckets = tf.make_ndarray(e.tensor_proto)  # [bucket, (left, right, count)]
        lines.append(
            f"{e.step}: {buckets[:, 2].sum():.0f} values in {len(buckets)} buckets"
            f" from {buckets[0, 0]:.4g} to {buckets[-1, 1]:.4g}"
        )
    return "; ".join(lines)


def images(events, tag):
    sizes = []
    for e in events.Tensors(tag):
        width, height, *pngs = e.tensor_proto.string_val
        for png in pngs:
            picture = Image.open(io.BytesIO(png))
            picture.load()
            if picture.size != (int(width), int(height)):
                sys.exit(f"{tag}: {picture.size} is not {width} by {height}")
            sizes.append(f"{e.step}: {picture.width}x{picture.height} {picture.mode}")
    return ", ".join(sizes)


PLUGINS = {"scalars": scalars, "histograms": histograms, "images": images}


def main(folder):
    runs = sorted({path.parent for path in pathlib.Path(folder).rglob("*tfevents*")})
    if not runs:
        sys.exit(f"there are no event files in {folder}")
    for run in runs:
        events = EventAccumulator(str(run), size_guidance=EVERYTHING)
        events.Reload()
        print(f"{run.relative_to(folder)} (file version {events.file_version:g})")
        for tag in sorted(events.Tags()["tensors"]):
            metadata = events.SummaryMetadata(tag)
            plugin = metadata.plugin_data.plugin_name
            print(f"  {plugin} {tag}: {PLUGINS[plugin](events, tag)}")
            if metadata.summary_description:
                print(f"      {metadata.summary_description}")


main(sys.argv[1])
