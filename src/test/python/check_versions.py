"""Runs the whole test suite on other JDKs, TensorFlow Java, protobuf and Jackson, and prints a table.

    python3 src/test/python/check_versions.py                       # every combination below
    python3 src/test/python/check_versions.py jdk-25 jackson-2.21.2 # these
    python3 src/test/python/check_versions.py --jdk 25=/usr/lib/jvm/temurin-25-jdk-amd64
    python3 src/test/python/check_versions.py --tests 'io/github/convnet4j/layer/**'   # some of the tests
    python3 src/test/python/check_versions.py --resume              # what has not passed yet

Each combination is tested in a copy of the last commit under target/versions, so that nothing else in
the working tree takes part. A JDK other than the one in use is looked for in JAVA_HOME_<N>_X64,
JAVA_HOME_<N>_ARM64 and /usr/lib/jvm; a combination whose JDK is missing is listed as not run. A Java
runtime without a compiler will do: then the JDK in use compiles. With --resume, combinations that have
passed with the same commit and the same tests are not run again, so a long check can be split over
several calls. The exit code is 1 if a combination failed.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]

# Name: (JDK, or None for the one in use, and what Maven is told).
COMBINATIONS = {
    "as-built": (None, []),
    "tensorflow-1.1.0": (None, ["-Dtensorflow.version=1.1.0"]),
    "protobuf-4.33.5": (None, ["-Dprotobuf.version=4.33.5"]),
    "jackson-2.21.2": (None, ["-Djackson.version=2.21.2"]),
    "spark-4.2": (None, ["-Dprotobuf.version=4.33.5", "-Djackson.version=2.21.2"]),
    "jdk-21": ("21", []),
    "jdk-25": ("25", []),
    "jdk-25-tensorflow-1.1.0": ("25", ["-Dtensorflow.version=1.1.0"]),
}


def jdk(version, given):
    """The folder of a JDK, or None if there is none on this machine."""
    if version in given:
        return pathlib.Path(given[version])
    for processor in ("X64", "ARM64"):
        folder = os.environ.get(f"JAVA_HOME_{version}_{processor}")
        if folder:
            return pathlib.Path(folder)
    names = re.compile(rf".*\D{version}(\D.*)?")
    for folder in sorted(pathlib.Path("/usr/lib/jvm").glob("*")):
        if names.fullmatch(folder.name) and (folder / "bin" / "java").is_file():
            return folder
    return None


def results(log):
    """Tests, failures and skipped tests, from the sums that Maven prints."""
    sums = re.findall(
        r"^\[\w+\] Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)$",
        log.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    tests = failures = skipped = 0
    for run, failed, errors, left in sums:
        tests += int(run)
        failures += int(failed) + int(errors)
        skipped += int(left)
    return tests, failures, skipped


def commit():
    """The ID of the last commit."""
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def run(name, arguments, given):
    """One line of the table, and whether the combination passed or could not be tried."""
    folder = ROOT / "target" / "versions" / name
    record = folder.parent / f"{name}.json"
    tried = {"commit": commit(), "tests": arguments.tests}
    if arguments.resume and record.is_file():
        before = json.loads(record.read_text(encoding="utf-8"))
        if before["tried"] == tried:
            return before["line"], True
    version, options = COMBINATIONS[name]
    options = list(options)
    environment = dict(os.environ)
    if version:
        home = jdk(version, given)
        if not home:
            return f"| {name} | not run: no JDK {version} found | | | |", True
        if (home / "bin" / "javac").is_file():
            environment["JAVA_HOME"] = str(home)
        else:
            options.append(f"-Djvm={home / 'bin' / 'java'}")
    if arguments.tests:
        options += [f"-Dtest={arguments.tests}", "-Dsurefire.failIfNoSpecifiedTests=false"]
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    log_file = folder.parent / f"{name}.log"
    with open(log_file, "w", encoding="utf-8") as log:
        passed = (
            subprocess.run(
                ["mvn", "--batch-mode", *options, "test"],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            ).returncode
            == 0
        )
    tests, failures, skipped = results(log_file)
    good = passed and tests > 0
    outcome = "passed" if good else f"failed, see {log_file}"
    line = f"| {name} | {outcome} | {tests} | {failures} | {skipped} |"
    if good:
        record.write_text(json.dumps({"tried": tried, "line": line}), encoding="utf-8")
    else:
        record.unlink(missing_ok=True)
    return line, good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(COMBINATIONS)}; all, if none is named")
    parser.add_argument("--jdk", action="append", default=[], metavar="VERSION=FOLDER")
    parser.add_argument("--tests", default="", metavar="PATTERN", help="which tests, as for Maven's -Dtest; all by default")
    parser.add_argument("--resume", action="store_true", help="leave out what has passed with this commit and these tests")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in COMBINATIONS:
            parser.error(f"{name} is not a combination: choose from {', '.join(COMBINATIONS)}")
    for text in arguments.jdk:
        if "=" not in text:
            parser.error(f"--jdk {text}: write VERSION=FOLDER")
    given = dict(text.split("=", 1) for text in arguments.jdk)
    print("| combination | outcome | tests | failed | skipped |")
    print("| --- | --- | --- | --- | --- |")
    passed = True
    for name in arguments.names or COMBINATIONS:
        line, good = run(name, arguments, given)
        print(line, flush=True)
        passed = passed and good
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
