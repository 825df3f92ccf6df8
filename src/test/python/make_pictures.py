"""Makes the small pictures of PictureKindsTest, and writes down what Pillow reads from them.

    python -m venv target/pillow
    target/pillow/bin/pip install pillow==13.0.0 tifffile==2026.3.3 imagecodecs==2026.3.6
    target/pillow/bin/python src/test/python/make_pictures.py src/test/resources/io/github/convnet4j/picture/kinds

Each line of kinds.tsv has a file, what it is, the tolerance, the values of black and white, what the pixels are
compared with, height and width, and the expected pixels as RGB, in base64. The last is "-" if the file must be refused.
"""

import base64
import io
import pathlib
import struct
import sys
import zlib

import imagecodecs
import numpy as np
import tifffile
from PIL import Image, ImageCms, ImageOps

FOLDER = pathlib.Path(sys.argv[1])
HEIGHT, WIDTH = 11, 13
EXACT = 0
lines = []


def gradient():
    """Smooth colors with one sharp edge."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([20 * x, 23 * y, 255 - 10 * x - 11 * y], 2)
    rgb[3:6, 7:] = 255 - rgb[3:6, 7:]
    return rgb.clip(0, 255).astype(np.uint8)


RGB = gradient()
GREY = RGB[:, :, 0]
ALPHA = np.linspace(0, 255, HEIGHT * WIDTH).round().astype(np.uint8).reshape(HEIGHT, WIDTH)
GREY16 = np.linspace(0, 65535, HEIGHT * WIDTH).astype(np.uint16).reshape(HEIGHT, WIDTH)
RGB16 = RGB.astype(np.uint16) * 257 - (RGB > 100) * np.uint16(90)
RGB_IMAGE = Image.fromarray(RGB)
# A profile whose red and green are exchanged: programs that follow it show other colors.
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILE = PROFILE[:24] + b"\x07\xd0" + bytes([0, 1] * 5) + PROFILE[36:]  # created in the year 2000
PROFILE = PROFILE.replace(b"rXYZ", b"tmp.").replace(b"gXYZ", b"rXYZ").replace(b"tmp.", b"gXYZ")
PALETTE = RGB_IMAGE.quantize(16, dither=Image.Dither.NONE)


def pillow(file):
    """Returns what Pillow reads, upright and on white, as RGB."""
    image = Image.open(file)
    if image.mode in ("I;16", "I;16B", "I", "F"):
        return None
    image = ImageOps.exif_transpose(image)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image)
        image = white
    return np.asarray(image.convert("RGB"))


def wide(file, black, white):
    """Returns gray pixels of more than 8 bits that Pillow reads, scaled from the range to bytes."""
    values = np.asarray(Image.open(file)).astype(np.float64)
    scaled = ((values - black) / (white - black) * 255).clip(0, 255)
    return np.repeat(np.floor(scaled + 0.5).astype(np.uint8)[:, :, None], 3, 2)


def rounded(values):
    """Returns RGB of 16 bits as bytes."""
    return np.floor(values / 257 + 0.5).astype(np.uint8)


def add(name, what, content, tolerance=EXACT, expected=None, black="", white="", refused=False):
    """Writes a file, and the line for it."""
    file = FOLDER / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    pixels = None if refused else expected if expected is not None else pillow(file)
    if pixels is None and not refused:
        pixels = wide(file, black or 0, white or 65535)
    source = "-" if refused else "Pillow" if expected is None else "the pixels written"
    shown = ["-", "-", "-"] if refused else [*pixels.shape[:2], base64.b64encode(np.ascontiguousarray(pixels)).decode()]
    lines.append("\t".join(map(str, [name, what, tolerance, black, white, source, *shown])))


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


# ---- PNG, whose many kinds Pillow cannot write.


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(rows, bits):
    """Returns rows of samples [height, samples] as bytes, each row after a filter of 0."""
    out = b""
    for row in rows:
        if bits == 16:
            data = row.astype(">u2").tobytes()
        elif bits == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            binary = "".join(format(int(v), "0%db" % bits) for v in row)
            binary += "0" * (-len(binary) % 8)
            data = int(binary, 2).to_bytes(len(binary) // 8, "big")
        out += b"\0" + data
    return out


def png(samples, bits, colour, before=b"", after=b"", interlaced=False):
    samples = samples.reshape(HEIGHT, WIDTH, -1)
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    data = b""
    for top, left, down, across in passes if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::down, left::across]
        if part.size:
            data += packed(part.reshape(part.shape[0], -1), bits)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, colour, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(data, 9)) + after
        + chunk(b"IEND", b"")
    )


def plte(entries):
    return chunk(b"PLTE", np.resize(RGB[::2, ::3].reshape(-1, 3), (entries, 3)).tobytes())


def exif(orientation):
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 274, 3, 1, orientation, 0, 0)


for bits in (1, 2, 4, 8):
    samples = GREY >> (8 - bits)
    add("gray-%d.png" % bits, "PNG, gray, %d bit" % bits, png(samples, bits, 0))
    add("palette-%d.png" % bits, "PNG, palette, %d bit" % bits, png(samples >> (bits == 8), bits, 3, plte(min(128, 1 << bits))))
add("gray-16.png", "PNG, gray, 16 bit", png(GREY16, 16, 0))
add("gray-16-of-12.png", "PNG, gray, 16 bit, range(0, 4095)", png(GREY16 >> 4, 16, 0), black=0, white=4095)
add("gray-alpha-8.png", "PNG, gray and alpha, 8 bit", png(np.dstack([GREY, ALPHA]), 8, 4), 1)
add("gray-alpha-16.png", "PNG, gray and alpha, 16 bit", png(np.dstack([GREY16, ALPHA * np.uint16(257)]), 16, 4), 1)
add("gray-transparent.png", "PNG, gray with a transparent shade", png(GREY, 8, 0, chunk(b"tRNS", struct.pack(">H", int(GREY[0, 5])))))
add("rgb-8.png", "PNG, RGB, 8 bit", png(RGB, 8, 2))
add("rgb-16.png", "PNG, RGB, 16 bit", png(RGB16, 16, 2), 1)
add("rgb-transparent.png", "PNG, RGB with a transparent color", png(RGB, 8, 2, chunk(b"tRNS", struct.pack(">HHH", *map(int, RGB[2, 3])))))
add("rgba-8.png", "PNG, RGB and alpha, 8 bit", png(np.dstack([RGB, ALPHA]), 8, 6), 1)
add("rgba-16.png", "PNG, RGB and alpha, 16 bit", png(np.dstack([RGB16, ALPHA * np.uint16(257)]), 16, 6), 2)
add("palette-transparent.png", "PNG, palette with transparency", png(GREY >> 4, 4, 3, plte(16) + chunk(b"tRNS", bytes(range(0, 256, 25)))), 1)
add("interlaced-1.png", "PNG, interlaced, gray, 1 bit", png(GREY >> 7, 1, 0, interlaced=True))
add("interlaced-palette.png", "PNG, interlaced, palette, 4 bit", png(GREY >> 4, 4, 3, plte(16), interlaced=True))
add("interlaced-rgb.png", "PNG, interlaced, RGB", png(RGB, 8, 2, interlaced=True))
add("gamma.png", "PNG, RGB with a gamma, which is ignored", png(RGB, 8, 2, chunk(b"gAMA", struct.pack(">I", 100000))))
add("profile.png", "PNG, RGB with a color profile, which is ignored", saved(RGB_IMAGE, "PNG", icc_profile=PROFILE))
add("exif.png", "PNG, EXIF orientation 6", png(RGB, 8, 2, chunk(b"eXIf", exif(6))))
add("exif-after.png", "PNG, EXIF orientation 8 after the pixels", png(RGB, 8, 2, after=chunk(b"eXIf", exif(8))))

# ---- JPEG.


def jpeg(data, **options):
    return imagecodecs.jpeg8_encode(np.ascontiguousarray(data), level=90, **options)


BIG = np.kron(RGB, np.ones((2, 2, 1), np.uint8))
for name, sampling in [("444", "444"), ("422", "422"), ("420", "420"), ("440", "440"), ("411", "411")]:
    add("rgb-%s.jpg" % name, "JPEG, color sampled %s" % ":".join(sampling), jpeg(BIG, subsampling=sampling))
add("progressive.jpg", "JPEG, progressive", saved(Image.fromarray(BIG), "JPEG", progressive=True))
add("gray.jpg", "JPEG, gray", saved(Image.fromarray(GREY), "JPEG", quality=90))
add("rgb.jpg", "JPEG, stored as RGB", saved(RGB_IMAGE, "JPEG", quality=90, keep_rgb=True))
add("restart.jpg", "JPEG, with restart markers", saved(Image.fromarray(BIG), "JPEG", restart_marker_blocks=2))
add("profile.jpg", "JPEG, with a color profile, which is ignored", saved(RGB_IMAGE, "JPEG", quality=90, icc_profile=PROFILE))
add("gray-profile.jpg", "JPEG, gray with a color profile of RGB", saved(Image.fromarray(GREY), "JPEG", quality=90, icc_profile=PROFILE))
INKS = np.dstack([255 - RGB, ALPHA // 4])
CMYK = Image.merge("CMYK", [Image.fromarray(INKS[:, :, i]) for i in range(4)])
add("cmyk.jpg", "JPEG, CMYK", saved(CMYK, "JPEG", quality=90, subsampling=0), 1)
ycck = bytearray(saved(CMYK, "JPEG", quality=90, subsampling=0))
ycck[ycck.index(b"Adobe") + 11] = 2
add("ycck.jpg", "JPEG, YCCK", bytes(ycck), 1)
for orientation in range(1, 9):
    block = Image.Exif()
    block[274] = orientation
    add("exif-%d.jpg" % orientation, "JPEG, EXIF orientation %d" % orientation, saved(RGB_IMAGE, "JPEG", quality=90, subsampling=0, exif=block))
add("jpeg-12.jpg", "JPEG, 12 bit", imagecodecs.jpeg_encode(GREY16 >> 4, bitspersample=12, level=90), refused=True)
add("lossless.jpg", "JPEG, lossless", imagecodecs.ljpeg_encode(GREY, bitspersample=8), refused=True)

# ---- GIF.


def gif(frame, left=0, top=0, screen=(WIDTH, HEIGHT), transparent=None, background=0):
    """A GIF whose colors are in the frame, and whose codes are all of nine bits."""
    h, w = frame.shape
    table = np.zeros((256, 3), np.uint8)
    table[:128] = np.resize(RGB.reshape(-1, 3)[::2], (128, 3))
    bits = 0
    count = 0
    for i, code in enumerate([v for i, p in enumerate(frame.ravel()) for v in ([256, p] if i % 100 == 0 else [p])] + [257]):
        bits |= int(code) << count
        count += 9
    data = bits.to_bytes((count + 7) // 8, "little")
    blocks = b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
    control = b"" if transparent is None else struct.pack("<BBBBHBB", 0x21, 0xF9, 4, 1, 0, transparent, 0)
    return (
        b"GIF89a" + struct.pack("<HHBBB", *screen, 0xF7, background, 0) + table.tobytes() + control
        + struct.pack("<BHHHHB", 0x2C, left, top, w, h, 0) + b"\x08" + blocks + b"\0;"
    )


PAGES = [PALETTE, PALETTE.transpose(Image.Transpose.ROTATE_180)]
add("plain.gif", "GIF", saved(PALETTE, "GIF", interlace=0))
add("interlaced.gif", "GIF, interlaced", saved(PALETTE, "GIF", interlace=1))
add("transparent.gif", "GIF, transparent", saved(PALETTE, "GIF", transparency=3))
add("animated.gif", "GIF, animated: the first frame", saved(PAGES[0], "GIF", save_all=True, append_images=PAGES[1:]))
add("gray.gif", "GIF, gray", saved(Image.fromarray(GREY), "GIF"))
SMALL = (GREY >> 1)[:6, :7]
CANVAS = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
content = gif(SMALL, 4, 3)
inner = np.resize(RGB.reshape(-1, 3)[::2], (128, 3))[SMALL]
CANVAS[3:9, 4:11] = inner
add("part.gif", "GIF, first frame smaller than the screen: the rest is white", content, expected=CANVAS)

# ---- BMP.


def bmp(width, height, bits, data, compression=0, palette=b"", masks=b"", size=40):
    start = 14 + size + len(masks) + len(palette)
    header = struct.pack("<IiiHHIIiiII", size, width, height, 1, bits, compression, len(data), 2835, 2835, len(palette) // 4, 0)
    header += masks if size > 40 else b""
    header += b"\0" * (size - len(header))
    rest = b"" if size > 40 else masks
    start = 14 + len(header) + len(rest) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + header + rest + palette + data


def bmp_rows(rows, bits):
    out = b""
    for row in rows:
        data = row.tobytes() if bits >= 8 else packed([row], bits)[1:]
        out += data + b"\0" * (-len(data) % 4)
    return out


def colours(entries):
    table = np.resize(RGB[::2, ::3].reshape(-1, 3), (entries, 3))
    return np.dstack([table[None, :, ::-1], np.zeros((1, entries, 1), np.uint8)]).tobytes()


for bits in (1, 4, 8):
    rows = GREY >> (8 - bits)
    add("palette-%d.bmp" % bits, "BMP, palette, %d bit" % bits, bmp(WIDTH, HEIGHT, bits, bmp_rows(rows[::-1], bits), palette=colours(1 << bits)))
r, g, b = (RGB[:, :, i].astype(np.uint16) for i in range(3))
add("rgb-555.bmp", "BMP, 16 bit, 5-5-5", bmp(WIDTH, HEIGHT, 16, bmp_rows(((r >> 3) << 10 | (g >> 3) << 5 | b >> 3)[::-1], 16)), 1)
add("rgb-565.bmp", "BMP, 16 bit, 5-6-5", bmp(WIDTH, HEIGHT, 16, bmp_rows(((r >> 3) << 11 | (g >> 2) << 5 | b >> 3)[::-1], 16), 3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F)), 1)
add("rgb-24.bmp", "BMP, 24 bit", bmp(WIDTH, HEIGHT, 24, bmp_rows(RGB[::-1, :, ::-1], 24)))
add("top-down.bmp", "BMP, 24 bit, top down", bmp(WIDTH, -HEIGHT, 24, bmp_rows(RGB[:, :, ::-1], 24)))
BGRX = np.dstack([RGB[:, :, ::-1], np.zeros_like(GREY)])
BGRA = np.dstack([RGB[:, :, ::-1], ALPHA])
add("rgb-32.bmp", "BMP, 32 bit", bmp(WIDTH, HEIGHT, 32, bmp_rows(BGRX[::-1], 32)))
add("rgba-32.bmp", "BMP, 32 bit with alpha", bmp(WIDTH, HEIGHT, 32, bmp_rows(BGRA[::-1], 32), 3, masks=struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000), size=108), 1)
rle8 = b"".join(b"".join(bytes([1, v]) for v in row) + b"\0\0" for row in GREY[::-1]) + b"\0\1"
add("rle-8.bmp", "BMP, run-length encoded, 8 bit", bmp(WIDTH, HEIGHT, 8, rle8, 1, colours(256)))
rle4 = b"".join(b"".join(bytes([1, (v >> 4) * 17]) for v in row) + b"\0\0" for row in GREY[::-1]) + b"\0\1"
add("rle-4.bmp", "BMP, run-length encoded, 4 bit", bmp(WIDTH, HEIGHT, 4, rle4, 2, colours(16)))
core = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
data = bmp_rows(RGB[::-1, :, ::-1], 24)
add("os2.bmp", "BMP, OS/2 header", b"BM" + struct.pack("<IHHI", 26 + len(data), 0, 0, 26) + core + data)

# ---- TIFF.


def tiff(data, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, data, metadata=None, software=False, **options)
    return out.getvalue()


add("rgb.tif", "TIFF, RGB", tiff(RGB, photometric="rgb"))
add("big-endian.tif", "TIFF, big endian", tiff(RGB, photometric="rgb", byteorder=">"))
add("tiles.tif", "TIFF, tiles", tiff(RGB, photometric="rgb", tile=(16, 16)))
add("planes.tif", "TIFF, a plane for each color", tiff(np.moveaxis(RGB, 2, 0), photometric="rgb", planarconfig="separate"))
for compression in ("lzw", "deflate", "packbits"):
    add("%s.tif" % compression, "TIFF, %s, strips" % compression, tiff(RGB, photometric="rgb", compression=compression, rowsperstrip=4))
add("predictor.tif", "TIFF, LZW with differences", tiff(RGB, photometric="rgb", compression="lzw", predictor=True))
BLACK_WHITE = Image.fromarray(GREY).point(lambda v: 255 * (v > 127), "1")
for compression in ("group3", "group4"):
    add("%s.tif" % compression, "TIFF, fax, CCITT %s" % compression, saved(BLACK_WHITE, "TIFF", compression=compression))
add("jpeg.tif", "TIFF, JPEG inside", saved(Image.fromarray(BIG), "TIFF", compression="jpeg", quality=90), 1)
add("gray-8.tif", "TIFF, gray, 8 bit", tiff(GREY))
add("white-is-zero.tif", "TIFF, gray, 0 is white", tiff(GREY, photometric="miniswhite"))
add("gray-16.tif", "TIFF, gray, 16 bit", tiff(GREY16))
add("rgb-16.tif", "TIFF, RGB, 16 bit", tiff(RGB16, photometric="rgb"), expected=rounded(RGB16))
add("float.tif", "TIFF, floats, range(0, 1)", tiff((GREY / 255).astype(np.float32)), black=0, white=1)
add("float-no-range.tif", "TIFF, floats, without a range", tiff((GREY / 255).astype(np.float32)), refused=True)
add("int-32.tif", "TIFF, 32 bit, range(0, 1000000)", tiff(GREY16.astype(np.uint32) * 15), black=0, white=1000000)
signed = (GREY16.astype(np.int32) - 32768).astype(np.int16)
add("signed-16.tif", "TIFF, 16 bit with a sign, range(-1000, 1000)", tiff(signed), black=-1000, white=1000,
    expected=np.repeat(np.floor(((signed.astype(float) + 1000) / 2000 * 255).clip(0, 255) + 0.5).astype(np.uint8)[:, :, None], 3, 2))
add("cmyk.tif", "TIFF, CMYK", tiff(INKS, photometric="separated"), 1)
add("palette.tif", "TIFF, palette", saved(PALETTE, "TIFF"), 1)
add("rgba.tif", "TIFF, RGB and alpha", tiff(np.dstack([RGB, ALPHA]), photometric="rgb", extrasamples=["unassalpha"]), 1)
drawn = (RGB.astype(int) * ALPHA[:, :, None] // 255).astype(np.uint8)
add("premultiplied.tif", "TIFF, RGB multiplied by alpha", tiff(np.dstack([drawn, ALPHA]), photometric="rgb", extrasamples=["assocalpha"]), 2,
    expected=(drawn + (255 - ALPHA[:, :, None])).astype(np.uint8))
add("ycbcr.tif", "TIFF, YCbCr", saved(RGB_IMAGE.convert("YCbCr"), "TIFF"), 1)
add("pages.tif", "TIFF, several pages: the first", saved(RGB_IMAGE, "TIFF", save_all=True, append_images=[BLACK_WHITE]))
add("profile.tif", "TIFF, RGB with a color profile, which is ignored", saved(RGB_IMAGE, "TIFF", icc_profile=PROFILE))
add("exif.tif", "TIFF, orientation 5", tiff(RGB, photometric="rgb", extratags=[(274, 3, 1, 5, True)]))
add("lab.tif", "TIFF, Lab", saved(RGB_IMAGE.convert("LAB"), "TIFF", icc_profile=b""), refused=True)
add("zstd.tif", "TIFF, Zstandard", tiff(RGB, photometric="rgb", compression="zstd"), refused=True)
add("big.tif", "TIFF, BigTIFF", tiff(RGB, photometric="rgb", bigtiff=True), refused=True)

# ---- WebP, and formats that are only recognized.
BIG_IMAGE = Image.fromarray(BIG)
BIG_ALPHA = Image.fromarray(np.dstack([BIG, np.kron(ALPHA, np.ones((2, 2), np.uint8))]))
add("lossless.webp", "WebP, lossless", saved(BIG_IMAGE, "WEBP", lossless=True))
add("lossless-alpha.webp", "WebP, lossless with alpha", saved(BIG_ALPHA, "WEBP", lossless=True, exact=True), 1)
add("lossy.webp", "WebP, lossy", saved(BIG_IMAGE, "WEBP", quality=90))
add("lossy-alpha.webp", "WebP, lossy with alpha", saved(BIG_ALPHA, "WEBP", quality=90), 1)
add("animated.webp", "WebP, animated", saved(BIG_IMAGE, "WEBP", lossless=True, save_all=True, append_images=[BIG_IMAGE.transpose(Image.Transpose.ROTATE_180)]), refused=True)
block = Image.Exif()
block[274] = 7
add("exif.webp", "WebP, EXIF orientation 7", saved(BIG_IMAGE, "WEBP", lossless=True, exif=block))
add("photo.avif", "AVIF", saved(RGB_IMAGE, "AVIF", quality=50), refused=True)
add("photo.jp2", "JPEG 2000", saved(RGB_IMAGE, "JPEG2000"), refused=True)
(FOLDER / "kinds.tsv").write_text("\n".join(lines) + "\n")
