"""Requests per second and latencies of this library, FastAPI with Keras and FastAPI with PyTorch.

    python3 src/bench/serving/load.py            about 13 minutes, after the installations
    python3 src/bench/serving/load.py --quick    about 3 minutes

needs a JDK, Maven, Python 3.9 to 3.12 and wrk (apt-get install wrk). It trains ex11_9's network once,
exports it to Keras, rebuilds it in PyTorch, installs the other servers into target/serving, and
prints a table for each kind of body.

All servers run in one go and take turns, in the opposite order in every second round; those whose
turn it is not are stopped (SIGSTOP). The load comes from this machine, which takes its share of the
processor from every server alike.
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import digit
import library
from library import HERE, WORK

CONNECTIONS = (1, 8, 32, 128)
BODIES = {
    "JSON of one image, TensorFlow Serving's REST API": (
        "/v1/models/digits:predict",
        "application/json",
        digit.tensorflow_serving(),
    ),
    "PNG of one image, POST /predict": ("/predict", "image/png", digit.png()),
}


def environment(name):
    """Returns the Python of a virtual environment with the packages of requirements-NAME.txt."""
    given = os.environ.get(f"SERVING_{name.upper()}_PYTHON")
    if given:
        return given
    folder = WORK / f"venv-{name}"
    python = folder / "bin" / "python"
    requirements = HERE / f"requirements-{name}.txt"
    done = folder / requirements.name
    if not done.exists() or done.read_text() != requirements.read_text():
        print(f"Installing {requirements.name} into {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        done.write_text(requirements.read_text())
    return str(python)


def exported(path, model, python):
    """Exports the network to Keras, and its weights for PyTorch."""
    keras, weights = WORK / "ex11_9.keras", WORK / "ex11_9.npz"
    subprocess.run(
        library.command(path, "export", model, "--keras", keras), check=True, stdout=subprocess.DEVNULL
    )
    script = (
        "import sys, keras, numpy; "
        "numpy.savez(sys.argv[2], *keras.models.load_model(sys.argv[1]).get_weights())"
    )
    subprocess.run([python, "-c", script, str(keras), str(weights)], check=True)
    return keras, weights


class Contestant:
    """A server in a process group of its own, which can be stopped for a while."""

    def __init__(self, name, arguments, port, variables=None, only_path=None, health="/healthz"):
        self.name = name
        self.port = port
        self.only_path = only_path
        self.health = health
        self.log = WORK / f"{name.replace(' ', '-').replace(',', '')}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                arguments,
                cwd=HERE,
                env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2", **(variables or {})},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.await_health()

    def await_health(self):
        for _ in range(900):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.health}", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.2)
        raise SystemExit(f"{self.name} did not start: {self.log}\n{self.log.read_text()[-2000:]}")

    def ask(self, path, kind, body):
        request = urllib.request.Request(self.url(path), body, {"Content-Type": kind})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["predictions"]

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{self.only_path or path}"

    @contextlib.contextmanager
    def turn(self):
        os.killpg(self.process.pid, signal.SIGCONT)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGSTOP)

    def end(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            os.killpg(self.process.pid, signal.SIGCONT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def torchserve(python, port):
    """Packs the network, and returns the command that serves it."""
    folder = WORK / "torchserve"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tools = pathlib.Path(python).parent
    subprocess.run(
        [
            str(tools / "torch-model-archiver"), "--model-name", "digits", "--version", "1.0",
            "--handler", str(HERE / "torchserve_handler.py"), "--export-path", str(folder),
        ],
        check=True,
    )  # fmt: skip
    version = {
        "defaultVersion": True, "marName": "digits.mar", "minWorkers": 1, "maxWorkers": 1,
        "batchSize": 32, "maxBatchDelay": 1, "responseTimeout": 120,
    }  # fmt: skip
    settings = {
        "inference_address": f"http://127.0.0.1:{port}",
        "management_address": f"http://127.0.0.1:{free_port()}",
        "metrics_address": f"http://127.0.0.1:{free_port()}",
        "disable_token_authorization": "true",
        "load_models": "digits.mar",
        "job_queue_size": 256,
        "models": json.dumps({"digits": {"1.0": version}}),
    }
    config = folder / "config.properties"
    config.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    logging = folder / "log4j2.xml"
    logging.write_text(
        "<Configuration><Loggers><Root level='error'/></Loggers></Configuration>\n"
    )
    return [
        str(tools / "torchserve"), "--start", "--foreground", "--ncs", "--disable-token-auth",
        "--model-store", str(folder), "--ts-config", str(config), "--log-config", str(logging),
    ]  # fmt: skip


def contestants(path, model, pythons, keras, weights, wanted):
    """Starts the servers one after the other, and stops each until its turn."""
    port = free_port()

    def java(*options):
        return library.command(
            path, "serve", f"digits={model}", "--port", str(port), *options, java=["-Xmx512m"]
        )

    def uvicorn(python, workers):
        return [
            python, "-m", "uvicorn", "fastapi_server:app", "--port", str(port), "--workers", str(workers),
            "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
            # A server that is stopped between its turns is not to be restarted for that.
            "--timeout-worker-healthcheck", "3600",
        ]  # fmt: skip

    def peer(name, batching):
        return {"PEER": name, "BATCHING": batching, "WEIGHTS": str(keras if name == "keras" else weights)}

    # A queue of as many examples as in batches of 32: otherwise it answers 503 at once when full.
    alone = ["--max-batch-size", "1", "--max-enqueued-batches", "256"]
    kinds = {
        "convnet4j": lambda: (java(), {}),
        "convnet4j, no batches": lambda: (java(*alone), {}),
    }
    for peer_name in pythons:
        python = pythons[peer_name]
        label = {"keras": "FastAPI, Keras", "torch": "FastAPI, PyTorch"}[peer_name]
        for suffix, workers, batching in (
            (", batches", 1, "1"),
            (", no batches", 1, "0"),
            (", no batches, 2 processes", 2, "0"),
        ):
            kinds[label + suffix] = lambda python=python, peer_name=peer_name, workers=workers, batching=batching: (
                uvicorn(python, workers),
                peer(peer_name, batching),
            )
    if "torch" in pythons:
        kinds["TorchServe, batches"] = lambda: (
            torchserve(pythons["torch"], port),
            {
                **peer("torch", "1"),
                "SERVING_SCRIPTS": str(HERE),
                "PATH": f"{pathlib.Path(pythons['torch']).parent}{os.pathsep}{os.environ['PATH']}",
            },
            "/predictions/digits",
            "/ping",
        )
    started = []
    try:
        for name, kind in kinds.items():
            if wanted and name not in wanted:
                continue
            port = free_port()
            arguments, variables, *paths = kind()
            contestant = Contestant(name, arguments, port, variables, *paths)
            started.append(contestant)
            check(contestant)
            os.killpg(contestant.process.pid, signal.SIGSTOP)
    except BaseException:
        for contestant in started:
            contestant.end()
        raise
    return started


first_answer = []


def check(contestant):
    """Refuses a server that gives other probabilities than the first one."""
    for path, kind, body in BODIES.values():
        answer = contestant.ask(path, kind, body)
        if "probabilities" in answer[0]:
            found = max(answer[0]["probabilities"])
            name = str(answer[0]["classes"])
        else:
            name, found = answer[0]["name"], answer[0]["value"]
        if not first_answer:
            first_answer.append((name, found))
        if name != first_answer[0][0] or abs(found - first_answer[0][1]) > 1e-3:
            raise SystemExit(f"{contestant.name} answers {name} ({found}), not {first_answer[0]}")


def load(contestant, path, kind, file, connections, seconds):
    """Returns what wrk measures."""
    arguments = [
        "wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
        "--timeout", "30s", "--script", str(HERE / "wrk.lua"),
        contestant.url(path), "--", str(file), kind,
    ]  # fmt: skip
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=seconds + 90)
    for line in done.stdout.splitlines():
        if line.startswith("RESULT "):
            return json.loads(line[7:])
    raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")


def measure(all_of_them, rounds, seconds, warm_up):
    results = {}
    for title, (path, kind, body) in BODIES.items():
        file = WORK / "body"
        file.write_bytes(body)
        for contestant in all_of_them:
            with contestant.turn():
                load(contestant, path, kind, file, 8, warm_up)
        for connections in CONNECTIONS:
            for turn in range(rounds):
                order = all_of_them if turn % 2 == 0 else reversed(all_of_them)
                for contestant in order:
                    with contestant.turn():
                        load(contestant, path, kind, file, connections, 1)
                        found = load(contestant, path, kind, file, connections, seconds)
                        if found["requests"] == 0:
                            check(contestant)  # It is slow, not dead.
                    results.setdefault((title, contestant.name, connections), []).append(found)
                    print(
                        f"{title[:4]} {connections:4} {contestant.name}: {found}",
                        file=sys.stderr,
                        flush=True,
                    )
    return results


def table(title, names, results):
    print(f"\n{title}:\n")
    head = ["server"]
    for connections in CONNECTIONS:
        head.append("1 connection" if connections == 1 else f"{connections} connections")
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * len(CONNECTIONS))
    for name in names:
        cells = [name]
        for connections in CONNECTIONS:
            found = results[(title, name, connections)]
            rate, p50, p99 = (
                statistics.mean(value(one) for one in found)
                for value in (
                    lambda one: one["requests"] / one["seconds"],
                    lambda one: one["p50"],
                    lambda one: one["p99"],
                )
            )
            errors = sum(one["errors"] for one in found)
            cells.append(f"{rate:,.0f}/s, {p50:.1f}, {p99:.1f}, {errors}")
        print("| " + " | ".join(cells) + " |")


def processor():
    info = pathlib.Path("/proc/cpuinfo")
    found = [line for line in info.read_text().splitlines() if "model name" in line] if info.exists() else []
    return found[0].split(":")[1].strip() if found else platform.processor()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="shorter, for a first look")
    options.add_argument("--only", action="append", default=[], help="the name of a server; repeatable")
    options.add_argument("--without-torch", action="store_true", help="PyTorch takes some 4 GB to install")
    arguments = options.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk, or brew install wrk")
    rounds, seconds, warm_up = (1, 2, 2) if arguments.quick else (2, 3, 6)

    path = library.class_path()
    model = library.trained(path)
    pythons = {"keras": environment("keras")}
    if not arguments.without_torch:
        pythons["torch"] = environment("torch")
    keras, weights = exported(path, model, pythons["keras"])
    running = contestants(path, model, pythons, keras, weights, arguments.only)
    try:
        results = measure(running, rounds, seconds, warm_up)
    finally:
        for contestant in running:
            contestant.end()
    print(f"\n{os.cpu_count()} cores, {processor()}; {platform.platform()}")
    print(f"All answer alike: class {first_answer[0][0]}, probability {first_answer[0][1]:.4f}.")
    print("Each cell: requests per second, median and 99th percentile in ms, errors.")
    for title in BODIES:
        table(title, [contestant.name for contestant in running], results)


if __name__ == "__main__":
    main()
