"""Makes the small pictures of PictureColoursTest, and prints what Pillow reads from them.

    python -m venv target/pillow && target/pillow/bin/pip install pillow==13.0.0
    target/pillow/bin/python src/test/python/make_colours.py src/test/resources/io/github/convnet4j/picture
"""

import pathlib
import sys

import PIL
from PIL import Image

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
SIZE = (8, 8)


def bands(mode, *values):
    return Image.merge(mode, [Image.new("L", SIZE, value) for value in values])


def jpeg(image, name):
    image.save(folder / name, quality=95, subsampling=0, optimize=True)
    return folder / name


# Half of the light is absorbed by black ink alone, and half by the other three together.
jpeg(bands("CMYK", 0, 0, 0, 127), "cmyk-black.jpg")
jpeg(bands("CMYK", 127, 127, 127, 0), "cmyk-inks.jpg")
jpeg(bands("CMYK", 20, 200, 60, 30), "cmyk-colour.jpg")

# YCCK: YCbCr instead of the three inks. Pillow cannot write it, so this writes CMYK and then changes
# the last byte of Adobe's marker, which says what it is: 0 for CMYK, 2 for YCCK.
y, cb, cr = Image.new("RGB", SIZE, (235, 55, 195)).convert("YCbCr").split()
inks = [band.point(lambda value: 255 - value) for band in (y, cb, cr)]
ycck = jpeg(Image.merge("CMYK", inks + [Image.new("L", SIZE, 30)]), "ycck-colour.jpg")
data = bytearray(ycck.read_bytes())
adobe = data.index(b"Adobe")
assert data[adobe + 11] == 0
data[adobe + 11] = 2
ycck.write_bytes(data)

bands("CMYK", 20, 200, 60, 30).save(folder / "cmyk-colour.tif")
Image.new("RGB", SIZE, (200, 30, 90)).convert("YCbCr").save(folder / "ycbcr.tif")
Image.new("RGB", SIZE, (200, 30, 90)).save(folder / "rgb.tif", compression="tiff_lzw")
shades = Image.new("L", SIZE)
shades.putdata([4 * i for i in range(64)])
shades.save(folder / "shades.tif", tiffinfo={262: 0})  # 0 is white.
alpha = shades.convert("LA")
alpha.putalpha(100)
alpha.save(folder / "half-transparent.png")
shades.point(lambda value: 255 * (value > 127), "1").save(folder / "fax.tif", compression="group4")
Image.new("F", SIZE, 0.5).save(folder / "float.tif")
Image.new("RGB", SIZE, (200, 30, 90)).convert("LAB").save(folder / "lab.tif")
Image.new("RGB", SIZE, (200, 30, 90)).save(folder / "plain.webp")

print("Pillow", PIL.__version__)
for file in sorted(folder.iterdir()):
    image = Image.open(file)
    if image.mode == "LA":
        white = Image.new("RGBA", SIZE, "white")
        white.alpha_composite(image.convert("RGBA"))
        image = white
    if image.mode not in ("F", "LAB"):
        rgb = image.convert("RGB")
        print(file.name, file.stat().st_size, "bytes", rgb.getpixel((0, 0)), rgb.getpixel((7, 4)))
