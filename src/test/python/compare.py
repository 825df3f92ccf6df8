"""Runs the lecture's examples in Python and in Java, and compares what they print.

    python src/test/python/compare.py --data DIR [--epochs N] [EXAMPLE ...]

The Python that runs this must have the packages of requirements.txt. Without --data the examples
that need MNIST are left out. Those that print more with --more are also run with it, for one epoch.
The exit code is 0 if no character differs, and 1 otherwise.
"""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
ALONE = {"MaxPoolSlide": "max_pool_slide.py", **{f"Ex11_{i}": f"ex11_{i}.py" for i in range(1, 6)}}
ON_MNIST = {f"Ex11_{i}": f"ex11_{i}.py" for i in range(6, 10)}
TRAINED = ("Ex11_8", "Ex11_9")
MORE = ("Ex11_4", "Ex11_7", "Ex11_8", "Ex11_9")


def run(command, folder):
    """The command's standard output; its standard error is shown if it fails."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{command}\n{done.stderr.decode()}\nexit code {done.returncode}")
    return done.stdout.decode().splitlines(keepends=True)


def compare(example, script, options):
    python = run([sys.executable, script, *options], HERE / "lecture")
    java = run(
        ["mvn", "-q", "-Drun=" + " ".join([example, *options, "--plots", "none"])], PROJECT
    )
    difference = list(difflib.unified_diff(python, java, "python", "java"))
    name = f"{example} --more" if "--more" in options else example
    print(f"{name}: {len(python)} lines, {'DIFFERENT' if difference else 'equal'}", flush=True)
    sys.stdout.writelines(difference)
    return not difference


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="the folder with MNIST's four .gz files, without a space")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("examples", nargs="*", metavar="EXAMPLE")
    arguments = parser.parse_args()

    programs = {**ALONE, **(ON_MNIST if arguments.data else {})}
    equal = True
    for example in arguments.examples or programs:
        if example not in programs:
            parser.error(f"{example} is not one of {', '.join(programs)}")
        data, epochs, one_epoch = [], [], []
        if example in ON_MNIST:
            data = ["--data", str(pathlib.Path(arguments.data).resolve())]
        if example in TRAINED:
            epochs, one_epoch = ["--epochs", str(arguments.epochs)], ["--epochs", "1"]
        equal = compare(example, programs[example], data + epochs) and equal
        if example in MORE:
            equal = compare(example, programs[example], data + one_epoch + ["--more"]) and equal
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()
