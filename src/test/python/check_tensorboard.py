"""Reads a folder of event files with TensorBoard's own EventAccumulator, and prints what it finds.

    check_tensorboard.py target/tensorboard

TensorBoardRun, one of the tests, fills that folder. Run with tensorboard 2.16.2 and Pillow. The exit
code is 1 if there is no run, or a picture does not have the size that it states.
"""

import io
import pathlib
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

# All values, not a sample.
EVERYTHING = {"scalars": 0, "images": 0, "histograms": 0, "compressedHistograms": 0}


def scalar(event):
    return f"{event.value:.7g}"


def histogram(event):
    h = event.histogram_value
    if sum(h.bucket) != h.num:
        sys.exit(f"there are {sum(h.bucket)} values in the buckets instead of {h.num}")
    return f"{h.num:.0f} values from {h.min:.4g} to {h.max:.4g} in {len(h.bucket)} buckets"


def image(event):
    picture = Image.open(io.BytesIO(event.encoded_image_string))
    picture.load()
    if picture.size != (event.width, event.height):
        sys.exit(f"the picture's size is {picture.size} instead of {event.width} by {event.height}")
    return f"{event.width}x{event.height} {picture.mode}"


def main(folder):
    runs = sorted({path.parent for path in pathlib.Path(folder).rglob("*tfevents*")})
    if not runs:
        sys.exit(f"there are no event files in {folder}")
    for run in runs:
        events = EventAccumulator(str(run), size_guidance=EVERYTHING)
        events.Reload()
        print(f"{run.relative_to(folder)} (file version {events.file_version:g})")
        for kind, values, text in (
            ("scalars", events.Scalars, scalar),
            ("histograms", events.Histograms, histogram),
            ("images", events.Images, image),
        ):
            for tag in sorted(events.Tags()[kind]):
                shown = "; ".join(f"{e.step}: {text(e)}" for e in values(tag))
                print(f"  {kind} {tag}: {shown}")
                if tag in events.summary_metadata:
                    print(f"      {events.SummaryMetadata(tag).summary_description}")


main(sys.argv[1])
