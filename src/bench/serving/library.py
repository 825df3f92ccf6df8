"""How the scripts here run the library from this checkout."""

import os
import pathlib
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
WORK = ROOT / "target" / "serving"
HERE = pathlib.Path(__file__).resolve().parent


def class_path():
    """Compiles the library, unless CONVNET4J_CLASS_PATH has a class path already."""
    given = os.environ.get("CONVNET4J_CLASS_PATH")
    if given:
        return given
    WORK.mkdir(parents=True, exist_ok=True)
    listed = WORK / "classpath.txt"
    subprocess.run(
        ["mvn", "-q", "compile", "dependency:build-classpath", f"-Dmdep.outputFile={listed}"],
        cwd=ROOT,
        check=True,
    )
    return f"{ROOT / 'target' / 'classes'}{os.pathsep}{listed.read_text().strip()}"


def command(path, *arguments, java=()):
    return [
        "java",
        *java,
        "-Djava.awt.headless=true",
        "-cp",
        path,
        "io.github.convnet4j.commandline.Main",
        *map(str, arguments),
    ]


def trained(path):
    """Trains ex11_9's network on the digits that come with the library, once."""
    WORK.mkdir(parents=True, exist_ok=True)
    model = WORK / "ex11_9"
    if not model.exists():
        subprocess.run(
            command(
                path, "train", "--data", "digits", "--epochs", "5", "--out", model,
                "--network", HERE / "ex11_9.json",
            ),
            check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return model


class Server:
    """The library's server on a port that the operating system chooses."""

    def __init__(self, path, model, *options, java=(), log):
        arguments = ["serve", f"digits={model}", "--port", "0", *options]
        self.log = open(log, "w+")
        self.process = subprocess.Popen(
            command(path, *arguments, java=java), stdout=self.log, stderr=subprocess.STDOUT
        )
        self.port = self._port(log)

    def _port(self, log):
        for _ in range(600):
            if self.process.poll() is not None:
                break
            found = re.search(r"Listening on \w+://[^:]+:(\d+)/", pathlib.Path(log).read_text())
            if found:
                return int(found.group(1))
            time.sleep(0.1)
        self.process.kill()
        raise SystemExit(f"the server did not start: {pathlib.Path(log).read_text()}")

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(60)
        finally:
            self.log.close()
