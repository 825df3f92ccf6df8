"""Writes arrays and what numpy prints for them, for NumpyPrinterPairsTest to compare with.

    python print_arrays.py > ../resources/io/github/convnet4j/examples/numpy/numpy-strings.txt
    python print_arrays.py SEED COUNT > FILE   # COUNT more random arrays, for
    mvn test -Dtest=NumpyPrinterPairsTest -Dnumpy.strings=FILE

A case is a line "== dtype shape bits...", the lines of str, a line "-- repr", and the lines of
repr. The shape is 2x3, or 0d without dimensions. The bits of each element are in hexadecimal;
"bits*n" stands for n equal ones.
"""

import itertools
import sys

import numpy as np

TYPES = {
    "float32": np.uint32,
    "float64": np.uint64,
    "int32": np.uint32,
    "int64": np.uint64,
    "uint8": np.uint8,
    "bool": np.uint8,
}
SHAPES = [
    (), (1,), (3,), (9,), (25,), (1, 1), (2, 3), (3, 3), (2, 12), (8, 2), (2, 2, 2),
    (1, 3, 3, 1), (2, 1, 1, 2), (1, 2, 1, 2, 1), (2, 1, 2, 1, 1, 1),
]
EMPTY = [(0,), (0, 3), (3, 0), (2, 0, 4), (0,) + (1,) * 10, (0,) + (1,) * 11, (0,) + (1,) * 16]
LARGE = [
    (1001,), (40, 26), (7, 143), (2, 501), (501, 2), (200, 1, 6), (1, 28, 1, 40),
    (1, 1, 2, 1, 1, 501),
]
LARGER = [
    (6, 167), (167, 6), (4, 5, 51), (11, 10, 10), (51, 5, 4), (1, 28, 28, 2),
    (2, 3, 4, 5, 6, 7), (7, 7, 7, 7), (1, 8, 1, 8, 4, 4),
]


def emit(array):
    bits = array.reshape(-1).view(TYPES[array.dtype.name]).tolist()
    runs = []
    for value, group in itertools.groupby(bits):
        count = len(list(group))
        runs.append(f"{value:x}" + (f"*{count}" if count > 1 else ""))
    shape = "x".join(map(str, array.shape)) or "0d"
    print("==", array.dtype.name, shape, *runs)
    print(str(array))
    print("-- repr")
    print(repr(array))


def from_bits(rng, dtype, count):
    size = np.dtype(dtype).itemsize
    return np.frombuffer(rng.bytes(size * count), dtype).copy()


def floats(rng, dtype, count):
    """Numbers of one of many kinds; each kind exercises a rule of the printer."""
    uniform = rng.random(count)
    kind = rng.integers(16)
    with np.errstate(all="ignore"):
        if kind == 0:
            values = uniform
        elif kind == 1:
            values = rng.standard_normal(count) * 10.0 ** rng.integers(-6, 10)
        elif kind == 2:
            values = from_bits(rng, dtype, count)
        elif kind == 3:
            values = np.round(uniform * 10.0 ** rng.integers(0, 5), rng.integers(0, 5))
        elif kind == 4:
            values = rng.integers(-20, 20, count)
        elif kind == 5:
            values = 2.0 ** rng.integers(-149 if dtype == "float32" else -1074, 128, count)
        elif kind == 6:
            # Powers of ten and their neighbors.
            low, high = (-45, 38) if dtype == "float32" else (-323, 308)
            power = [float(f"1e{e}") for e in rng.integers(low, high, count, endpoint=True)]
            values = np.array(power, dtype)
            toward = np.array(rng.choice([-np.inf, np.inf], count), dtype)
            near = np.nextafter(values, toward)
            values = np.where(rng.random(count) < 0.5, values, near)
        elif kind == 7:
            # Halves of the eighth digit after the point: ties at the cutoff.
            values = (rng.integers(0, 400, count) * 2 + 1) * 2.0 ** -rng.integers(8, 11)
        elif kind == 8:
            # Near the limits of scientific notation.
            limit = rng.choice([1e-4, 1e8, 1e-1, 1e3])
            values = limit * (1 + (uniform - 0.5) * 10.0 ** rng.integers(-8, 0))
        elif kind == 9:
            # Ratios of about 1,000.
            low = rng.random() + 0.01
            values = np.where(uniform < 0.5, low, low * 1000).astype(dtype)
            if rng.random() < 0.7:
                values[0] = np.nextafter(values[0], values.dtype.type(np.inf))
        elif kind == 10:
            values = uniform * 10.0 ** rng.uniform(-3.9, -1)
        elif kind == 11:
            values = np.full(count, rng.choice([0.0, -0.0, np.nan, np.inf, -np.inf, 1.5, 1e-7]))
        elif kind == 12:
            # Subnormal and extreme numbers.
            tiny = np.finfo(dtype).smallest_subnormal
            values = np.array(rng.integers(0, 50, count), dtype) * tiny
            values[0] = rng.choice([np.finfo(dtype).max, np.finfo(dtype).tiny, tiny, 0])
        elif kind == 13:
            # Whole numbers that need fewer digits than they have.
            values = rng.integers(10**7, 10**8 + 5, count)
        elif kind == 14:
            # Many nines: the carry at the cutoff.
            values = rng.integers(1, 30, count) - 10.0 ** -rng.integers(5, 12, count)
        else:
            # Exponents with two and with three digits.
            power = rng.integers(95, 105) if dtype == "float64" else 2
            values = np.round(uniform, 2) * 10.0**power
        values = np.array(values, dtype)
        if rng.random() < 0.3:
            values = np.where(rng.random(count) < 0.5, values, -values)
        if rng.random() < 0.2:
            special = rng.choice([0.0, -0.0, np.nan, np.inf, -np.inf], count)
            if rng.random() < 0.5:
                special[:] = special[0]
            values = np.where(rng.random(count) < 0.2, np.array(special, dtype), values)
    return np.array(values, dtype)


def integers(rng, dtype, count):
    info = np.iinfo(dtype)
    kind = rng.integers(4)
    if kind == 0:
        return from_bits(rng, dtype, count)
    if kind == 1:
        return np.array(rng.integers(0, 10, count), dtype)
    if kind == 2:
        high = int(min(info.max, 10 ** int(rng.integers(1, 19))))
        return np.array(rng.integers(max(info.min, -high), high, count), dtype)
    return np.array(rng.choice([info.min, info.max, 0, 1], count), dtype)


def values(rng, dtype, count):
    if dtype.startswith("float"):
        return floats(rng, dtype, count)
    if dtype == "bool":
        return rng.random(count) < rng.choice([0, 0.5, 1])
    return integers(rng, dtype, count)


def large(rng, dtype, shape):
    """The hidden elements are one number, which would change the output if it were considered."""
    loud = {"bool": True, "uint8": 255, "float32": -1e30, "float64": -1e300}.get(dtype, -123456789)
    array = np.full(shape, loud, dtype)
    edges = np.ix_(*[[i for i in range(n) if i < 3 or i >= n - 3] for n in shape])
    array[edges] = values(rng, dtype, array[edges].size).reshape(array[edges].shape)
    return array


def random_shape(rng):
    while True:
        shape = tuple(rng.integers(1, rng.choice([2, 4, 8, 30, 300]), rng.integers(0, 7)).tolist())
        if np.prod(shape, dtype=float) <= 1500:
            return shape


def line_ends(dtype):
    """Rows of lengths near that of a line."""
    for width in range(3, 11):
        for count in range(64 // (width + 1), 76 // (width + 1) + 1):
            value = 1 - 0.5 ** (width - 2)
            emit(np.full(count, value, dtype))
            emit(np.full((1, 1, count), value, dtype))


def corners():
    """Numbers that an almost correct printer gets wrong."""
    # Powers of two: the neighbor below is closer.
    for power in (-149, -126, -104, -97, -96, 24, 87, 90, 127):
        emit(np.array([2.0**power, -(2.0**power)], "float32"))
        emit(np.array(2.0**power, "float32"))
    for power in (-1074, -1022, -44, 24, 89, 1023):
        emit(np.array([2.0**power], "float64"))
        emit(np.array(2.0**power, "float64"))
    # The decimal at the end of the interval belongs to an even number.
    for value in (5e22, 1e23, 9.5e21, 2.0**51 - 0.25):
        emit(np.array(value))
    # The ratio is 1,000 in float32 and more than that in float64.
    emit(np.array([0.040973525, 40.973526], "float32"))
    # The limits of scientific notation.
    for dtype in ("float32", "float64"):
        for limit in (1e-4, 1e8, 1e16):
            for toward in (0, limit, np.inf):
                value = np.nextafter(np.array(limit, dtype), np.array(toward, dtype))
                emit(np.array(value, dtype))
                emit(np.array([value], dtype))
    # So many brackets that there is no room for an element next to them.
    emit(np.full((1,) * 31 + (2,), 1.25e-300))


def committed():
    for dtype in TYPES:
        for shape in EMPTY:
            emit(np.empty(shape, dtype))
    rng = np.random.default_rng(777)
    for dtype in TYPES:
        for shape in SHAPES:
            for _ in range(12 if dtype.startswith("float") and np.prod(shape) < 10 else 2):
                emit(values(rng, dtype, int(np.prod(shape))).reshape(shape))
        for shape in LARGE:
            if dtype.startswith("float") or rng.random() < 0.5:
                emit(large(rng, dtype, shape))
    for dtype in ("float32", "float64"):
        line_ends(dtype)
        for _ in range(60):
            emit(floats(rng, dtype, 1).reshape(()))
    corners()
    emit(np.zeros(1000, "uint8"))
    emit(np.zeros(1001, "uint8"))


def random_cases(seed, count):
    rng = np.random.default_rng(seed)
    names = ["float32", "float64"] * 4 + list(TYPES)
    for _ in range(count):
        dtype = str(rng.choice(names))
        if rng.random() < 0.02:
            shapes = LARGE + LARGER
            emit(large(rng, dtype, shapes[rng.integers(len(shapes))]))
        else:
            shape = random_shape(rng)
            emit(values(rng, dtype, int(np.prod(shape))).reshape(shape))


print("# numpy", np.__version__)
if len(sys.argv) > 1:
    random_cases(int(sys.argv[1]), int(sys.argv[2]))
else:
    committed()
