"""Opens the lecture's notebooks for Java in the browser.

    python examples/notebooks/start.py                       # jupyter notebook
    python examples/notebooks/start.py lab                   # any other command of jupyter
    python examples/notebooks/start.py nbconvert --to html --execute ex11_3.ipynb

Compiles the project with Maven, and tells the Java kernel where its classes are. Needs a JDK 17 and
Maven 3.8 or newer, and Python 3.9 or newer. If this Python has no Java kernel, the first start makes
a virtual environment in target/notebooks and installs the kernel and Jupyter there.
"""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
ENVIRONMENT = PROJECT / "target" / "notebooks"
PACKAGES = HERE / "requirements.txt"


def run(*command, **options):
    """Runs a command that prints to standard error, and ends this program if it fails."""
    code = subprocess.run(command, stdout=sys.stderr, **options).returncode
    if code != 0:
        sys.exit(f"start.py: {' '.join(map(str, command))} failed with exit code {code}")


def python_with_kernel():
    """This Python if it has the packages, otherwise one in target/notebooks that has them."""
    if all(importlib.util.find_spec(name) for name in ("jjava", "notebook", "nbconvert")):
        return sys.executable
    folder = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = ENVIRONMENT.joinpath(*folder)
    finished = ENVIRONMENT / "installed.txt"
    packages = PACKAGES.read_text(encoding="utf-8")
    if not finished.is_file() or finished.read_text(encoding="utf-8") != packages:
        print(f"Installing Jupyter and the Java kernel in {ENVIRONMENT}", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True)
        run(python, "-m", "pip", "install", "--quiet", "-r", PACKAGES)
        finished.write_text(packages, encoding="utf-8")
    return python


def class_path():
    """Compiles the examples. Returns the class path of the examples and all that they use."""
    maven = shutil.which("mvn")
    if maven is None:
        sys.exit("start.py: the command mvn was not found: install Maven 3.8 or newer")
    file = PROJECT / "target" / "notebooks.classpath"
    goals = ["test-compile", "dependency:build-classpath"]
    options = [f"-Dmdep.outputFile={file}", "-Dmdep.includeScope=test"]
    run(maven, "-q", *goals, *options, cwd=PROJECT)
    compiled = [PROJECT / "target" / "classes", PROJECT / "target" / "test-classes"]
    return os.pathsep.join([*map(str, compiled), file.read_text(encoding="utf-8").strip()])


def main():
    arguments = sys.argv[1:] or ["notebook"]
    python = python_with_kernel()
    environment = {**os.environ, "JJAVA_CLASSPATH": class_path()}
    if "JAVA_HOME" in environment:  # Maven's JDK, for the kernel too, which runs java.
        java = os.path.join(environment["JAVA_HOME"], "bin")
        environment["PATH"] = java + os.pathsep + environment["PATH"]
    jupyter = subprocess.Popen([python, "-m", "jupyter", *arguments], cwd=HERE, env=environment)
    while True:
        try:
            sys.exit(jupyter.wait())
        except KeyboardInterrupt:
            pass  # Jupyter gets Ctrl+C too, and asks whether to stop.


if __name__ == "__main__":
    main()
