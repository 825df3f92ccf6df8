"""Keeps a server busy for an hour with every kind of request, and records its memory each minute.

    python3 src/bench/serving/soak.py --minutes 60

needs nothing but Python and a JDK. The table says whether the memory stays flat: the resident
memory of the process (VmRSS), its part that is no file (RssAnon: the system drops pages of files
when others need memory), the heap after a full collection (asked for with jcmd), threads and
open files.
"""

import argparse
import base64
import collections
import http.client
import json
import os
import random
import re
import socket
import statistics
import struct
import subprocess
import sys
import time

import digit
import library


def requests():
    """Every kind of request, with the status that it must get."""
    numbers = digit.values()
    flat = [pixel[0] for row in numbers for pixel in row]
    png = digit.png()
    shape = [1, digit.SIZE, digit.SIZE, 1]
    infer = "/v2/models/digits/infer"
    predict = "/v1/models/digits:predict"
    head = json.dumps(
        {
            "inputs": [
                {
                    "name": "input",
                    "shape": shape,
                    "datatype": "FP32",
                    "parameters": {"binary_data_size": 4 * len(flat)},
                }
            ]
        }
    ).encode()
    binary = head + struct.pack(f"<{len(flat)}f", *flat)
    length = {"Inference-Header-Content-Length": str(len(head))}
    listed = json.dumps(
        {"inputs": [{"name": "input", "shape": shape, "datatype": "FP32", "data": flat}]}
    )
    encoded = json.dumps({"instances": [{"b64": base64.b64encode(png).decode()}] * 3})
    several = json.dumps({"instances": [numbers] * 8})
    often = [
        ("POST", predict, digit.tensorflow_serving(), {}, 200),
        ("POST", predict, encoded, {}, 200),
        ("POST", predict, several, {}, 200),
        ("POST", infer, listed, {}, 200),
        ("POST", infer, binary, length, 200),
        ("POST", "/predict?top=3", png, {}, 200),
    ]
    seldom = [
        ("POST", "/page/look?class=7", png, {}, 200),
        ("GET", "/", None, {}, 200),
        ("GET", "/page/main.js", None, {}, 200),
        ("GET", "/healthz", None, {}, 200),
        ("GET", "/metrics", None, {}, 200),
        ("GET", "/openapi.json", None, {}, 200),
        ("GET", "/v1/models/digits/metadata", None, {}, 200),
        ("GET", "/v2/models/digits", None, {}, 200),
        ("POST", predict, '{"instances": [[1, 2', {}, 400),
        ("POST", predict, '{"instances": [[1, 2]]}', {}, 400),
        ("POST", infer, b"\0" * 5000, length, 400),
        ("POST", "/predict", png[:80], {}, 400),
        ("GET", f"/{random.random()}", None, {}, 404),
        ("DELETE", "/predict", None, {}, 405),
    ]
    return often, seldom


class Client:
    def __init__(self, port):
        self.port = port
        self.connection = self._connect()
        self.left = []
        self.counts = collections.Counter()
        self.wrong = []

    def _connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, body, headers, expected):
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.wrong.append(f"{method} {path}: {fault!r}")
            self.connection = self._connect()
            return b""
        self.counts[answer.status] += 1
        if answer.status != expected:
            self.wrong.append(f"{method} {path}: {answer.status} {content[:200]!r}")
        return content

    def leave(self):
        """Starts a request, and goes away before its end."""
        caller = socket.create_connection(("127.0.0.1", self.port))
        caller.sendall(b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + b"x" * 900)
        self.left.append(caller)
        if len(self.left) > 20:
            self.left.pop(0).close()

    def again(self):
        self.connection.close()
        self.connection = self._connect()


class Memory:
    def __init__(self, process, port):
        self.process = process
        self.port = port

    def sample(self):
        heap = subprocess.run(
            ["jcmd", str(self.process.pid), "GC.heap_info"], capture_output=True, text=True
        ).stdout
        used = re.findall(r"(?:total|used) *(\d+)K.*?used (\d+)K", heap)
        status = open(f"/proc/{self.process.pid}/status").read()
        return {
            "resident_mib": int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024,
            "anonymous_mib": int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) // 1024,
            "heap_mib": sum(int(kib) for _, kib in used[:1]) // 1024,
            "threads": int(re.search(r"Threads:\s+(\d+)", status).group(1)),
            "files": len(os.listdir(f"/proc/{self.process.pid}/fd")),
        }

    def collect(self):
        subprocess.run(["jcmd", str(self.process.pid), "GC.run"], capture_output=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--rate", type=float, default=60, help="requests per second")
    options.add_argument("--out", default=str(library.WORK / "soak.csv"))
    arguments = options.parse_args()

    path = library.class_path()
    model = library.trained(path)
    server = library.Server(path, model, java=["-Xmx256m"], log=library.WORK / "soak.log")
    often, seldom = requests()
    client = Client(server.port)
    memory = Memory(server.process, server.port)
    samples = []
    every = min(1, arguments.minutes / 10)
    start = time.monotonic()
    sent = 0
    with open(arguments.out, "w") as out:
        print("minute,requests,resident_mib,anonymous_mib,heap_mib,threads,files,wrong", file=out, flush=True)
        while time.monotonic() - start < arguments.minutes * 60:
            late = sent / arguments.rate - (time.monotonic() - start)
            if late > 0:
                time.sleep(late)
            if sent % 20 == 19:
                client.ask(*seldom[sent // 20 % len(seldom)])
            else:
                client.ask(*often[sent % len(often)])
            if sent % 50 == 0:
                client.again()
            if sent % 60 == 0:
                client.leave()
            sent += 1
            minute = (time.monotonic() - start) / 60
            if minute >= (len(samples) + 1) * every:
                memory.collect()
                found = memory.sample()
                samples.append(found)
                client.again()  # On a busy machine this takes long enough for an idle one to be closed.
                row = [f"{minute:.1f}", sent, *found.values(), len(client.wrong)]
                print(*row, sep=",", file=out, flush=True)
    metrics = client.ask("GET", "/metrics", None, {}, 200).decode()
    code = server.stop()
    print(f"{sent} requests in {arguments.minutes:g} minutes: {dict(client.counts)}")
    print(f"not as expected: {len(client.wrong)} {client.wrong[:5]}")
    print(f"exit code after SIGTERM: {code}")
    third = max(1, len(samples) // 3)
    print("\n| | first third | last third |\n| --- | --- | --- |")
    for name in samples[0]:
        first, last = (
            statistics.median(sample[name] for sample in part)
            for part in (samples[:third], samples[-third:])
        )
        print(f"| {name} | {first:g} | {last:g} |")
    print(f"\nSamples: {arguments.out}")
    (library.WORK / "soak-metrics.txt").write_text(metrics)
    sys.exit(1 if client.wrong else 0)


if __name__ == "__main__":
    main()
