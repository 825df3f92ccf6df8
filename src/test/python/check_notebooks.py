"""Runs the lecture's notebooks for Java, and compares what they print and draw with the examples.

    python src/test/python/check_notebooks.py [--epochs N] [NUMBER ...]

Each notebook runs in the Java kernel, as nbconvert runs it, and its example in a JVM of its own.
Those that train do so for one epoch, unless --epochs says otherwise. MNIST is read where the examples
find it, but not downloaded; without it, the digits that come with the library are used. Like
examples/notebooks/start.py, this installs the kernel in target/notebooks if this Python has none.

The exit code is 0 if no character and no pixel differs, and 1 otherwise.
"""

import argparse
import base64
import difflib
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
NOTEBOOKS = PROJECT / "examples" / "notebooks"
EXAMPLES = "io.github.convnet4j.examples.Examples"
TRAINED = (8, 9)

sys.path.insert(0, str(NOTEBOOKS))
import start  # noqa: E402  It is next to the notebooks.


def run(command, environment):
    """Runs a command; returns its standard output, and what it printed besides."""
    done = subprocess.run(command, env=environment, capture_output=True)
    errors = done.stderr.decode(errors="replace")
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{errors}\nexit code {done.returncode}")
    return done.stdout.decode().replace("\r\n", "\n"), errors


def pixels(png):
    """The header of a PNG file and its filtered rows. The same rows may be compressed differently."""
    header, rows, position = b"", b"", 8
    while position < len(png):
        length, kind = struct.unpack_from(">I4s", png, position)
        chunk = png[position + 8 : position + 8 + length]
        position += length + 12
        if kind == b"IHDR":
            header = chunk
        elif kind == b"IDAT":
            rows += chunk
    return header, zlib.decompress(rows)


def run_notebook(number, python, epochs, environment, folder):
    """The text and the pictures below the cells of a notebook."""
    notebook = json.loads((NOTEBOOKS / f"ex11_{number}.ipynb").read_text(encoding="utf-8"))
    settings = {"cell_type": "code", "id": "settings", "metadata": {}, "execution_count": None}
    settings.update(outputs=[], source=[f"settings = settings.withEpochs({epochs});"])
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if "parameters" in cell["metadata"].get("tags", []):
            cells.append(settings)
    file = folder / "notebook.ipynb"
    file.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
    nbconvert = [python, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute"]
    options = ["--stdout", "--ExecutePreprocessor.timeout=-1", str(file)]
    executed, _ = run([*nbconvert, *options], environment)
    text, pictures = "", []
    for cell in json.loads(executed)["cells"]:
        for output in cell.get("outputs", []):
            if output.get("name") == "stdout":
                text += "".join(output["text"])
            elif "image/png" in output.get("data", {}):
                pictures.append(pixels(base64.b64decode(output["data"]["image/png"])))
            elif output.get("name") != "stderr":
                text += f"{output}\n"  # The value of an expression, which no example prints.
    return text.replace("\r\n", "\n"), pictures


def run_example(number, epochs, environment, folder):
    """What an example prints, and its pictures."""
    command = ["java", "-cp", environment["JJAVA_CLASSPATH"], EXAMPLES, f"Ex11_{number}"]
    if number in TRAINED:
        command += ["--epochs", str(epochs)]
    text, messages = run(
        [*command, "--plots", "file", "--plots-folder", str(folder / "plots")], environment
    )
    files = [line[9:].strip() for line in messages.splitlines() if line.startswith("Picture: ")]
    return text, [pixels(pathlib.Path(file).read_bytes()) for file in files]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("numbers", nargs="*", type=int, metavar="NUMBER", help="9 for ex11_9")
    arguments = parser.parse_args()
    python = start.python_with_kernel()
    environment = {
        **os.environ,
        "JJAVA_CLASSPATH": start.class_path(),
        "JDK_JAVA_OPTIONS": "-Dconvnet4j.offline=true -Djava.awt.headless=true -Dfile.encoding=UTF-8",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    equal = True
    for number in arguments.numbers or range(1, 10):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            epochs = arguments.epochs
            text, pictures = run_notebook(number, python, epochs, environment, folder)
            expected_text, expected_pictures = run_example(number, epochs, environment, folder)
        difference = list(
            difflib.unified_diff(
                expected_text.splitlines(True), text.splitlines(True), "example", "notebook"
            )
        )
        same = not difference and pictures == expected_pictures
        size = f"{len(text.splitlines())} lines, {len(pictures)} pictures"
        print(f"ex11_{number}: {size}, {'equal' if same else 'DIFFERENT'}", flush=True)
        sys.stdout.writelines(difference)
        equal = equal and same
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()
