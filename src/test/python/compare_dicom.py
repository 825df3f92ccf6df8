"""Compares DicomSlice with pydicom, pixel by pixel: the values in their units, and the picture in the window.

    pip install pydicom pylibjpeg pylibjpeg-openjpeg pylibjpeg-libjpeg numpy
    java -cp … io.github.convnet4j.picture.DicomDump FOLDER DUMPS
    python compare_dicom.py FOLDER DUMPS

pydicom brings sample files: python -c "import pydicom.data as d; print(d.get_testdata_file('CT_small.dcm'))" prints
where. JPEG 2000 needs com.github.jai-imageio:jai-imageio-jpeg2000 on the class path. Lossy JPEG may differ by one or
two levels, because decoders round differently.
"""

import logging
import os
import sys
import warnings

import numpy as np
import pydicom
from pydicom.pixels import apply_modality_lut, apply_windowing

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def range_of_stored(ds):
    """The smallest and the largest value that the stored bits can stand for, in units."""
    low, high = (-(2 ** (ds.BitsStored - 1)), 2 ** (ds.BitsStored - 1) - 1) if ds.PixelRepresentation else (0, 2**ds.BitsStored - 1)
    slope, intercept = float(ds.get("RescaleSlope", 1)), float(ds.get("RescaleIntercept", 0))
    return low * slope + intercept, high * slope + intercept


def shown(ds, stored, values):
    """What a viewer shows, from 0 to 255."""
    if stored.ndim == 3:
        return stored / (2**ds.BitsStored - 1) * 255
    if "WindowCenter" in ds:
        low, high = range_of_stored(ds)
        return (apply_windowing(values, ds, 0) - low) / (high - low) * 255
    inside = values[stored != ds.PixelPaddingValue] if "PixelPaddingValue" in ds else values
    low, high = inside.min(), inside.max()
    return (np.clip(values, low, high) - low) / (high - low) * 255


folder, dumps = sys.argv[1:]
for dump in sorted(name for name in os.listdir(dumps) if name.endswith(".values")):
    name = dump.removesuffix(".values")
    ds = pydicom.dcmread(os.path.join(folder, name), force=True)
    try:
        stored = ds.pixel_array
    except Exception as e:
        print("%-42s pydicom: %s" % (name, str(e)[:80]))
        continue
    values = apply_modality_lut(stored, ds).astype(np.float64)
    expected = np.floor(shown(ds, stored, values) + 0.5).ravel()
    of_values = np.abs(values.ravel() - np.fromfile(os.path.join(dumps, dump), "<f4"))
    of_greys = np.abs(expected - np.fromfile(os.path.join(dumps, name + ".grey"), np.uint8))
    print("%-42s largest difference of values %g, of the picture %g" % (name, of_values.max(), of_greys.max()))
