"""Asks a server with the clients that others wrote, and compares what they get.

    pip install -r src/test/python/requirements-clients.txt
    python src/test/python/check_clients.py

starts the server itself, from target/classes. The clients are KServe's, which speaks TensorFlow
Serving's REST API (it calls it v1) and the Open Inference Protocol (v2), and Triton's.
"""

import asyncio
import pathlib
import sys

import numpy as np
import tritonclient.http
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from tritonclient.utils import InferenceServerException

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench" / "serving"))

import digit  # noqa: E402
import library  # noqa: E402

NAME = "digits"


def images():
    rng = np.random.default_rng(1)
    seven = np.array(digit.values(), np.float32)
    return np.stack([seven, 1 - seven, rng.random(seven.shape, np.float32)])


async def kserve_v1(address, batch):
    """TensorFlow Serving's REST API."""
    client = InferenceRESTClient(RESTConfig(protocol="v1", timeout=60))
    assert await client.is_model_ready(address, NAME)
    answer = await client.infer(address, {"instances": batch.tolist()}, model_name=NAME)
    rows = answer["predictions"]
    columns = await client.infer(address, {"inputs": batch.tolist()}, model_name=NAME)
    classes = [row["classes"] for row in rows]
    assert columns["outputs"]["classes"] == classes, columns
    return np.array([row["probabilities"] for row in rows]), classes


async def kserve_v2(address, batch, binary):
    """The Open Inference Protocol."""
    client = InferenceRESTClient(RESTConfig(protocol="v2", timeout=60))
    assert await client.is_server_live(address)
    assert await client.is_server_ready(address)
    assert await client.is_model_ready(address, NAME)
    given = InferInput("input", list(batch.shape), "FP32")
    given.set_data_from_numpy(batch, binary_data=binary)
    answer = await client.infer(address, InferRequest(NAME, [given], request_id="7"), model_name=NAME)
    assert answer.id == "7", answer
    outputs = {output.name: output.as_numpy() for output in answer.outputs}
    return outputs["probabilities"].reshape(len(batch), -1), outputs["classes"].ravel().tolist()


def triton(address, batch, binary, compression=None):
    client = tritonclient.http.InferenceServerClient(address.removeprefix("http://"))
    assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(NAME)
    (described,) = client.get_model_metadata(NAME)["inputs"]
    assert described["shape"][1:] == list(batch.shape[1:]), described
    given = tritonclient.http.InferInput(described["name"], batch.shape, described["datatype"])
    given.set_data_from_numpy(batch, binary_data=binary)
    wanted = [
        tritonclient.http.InferRequestedOutput(name, binary_data=binary)
        for name in ("probabilities", "classes")
    ]
    answer = client.infer(
        NAME, [given], outputs=wanted, request_id="7", request_compression_algorithm=compression
    )
    assert answer.get_response()["id"] == "7"
    return answer.as_numpy("probabilities"), answer.as_numpy("classes").tolist()


def triton_pictures(address):
    client = tritonclient.http.InferenceServerClient(address.removeprefix("http://"))
    given = tritonclient.http.InferInput("input", [1], "BYTES")
    given.set_data_from_numpy(np.array([digit.png()], dtype=object))
    answer = client.infer(NAME, [given])
    return answer.as_numpy("probabilities"), answer.as_numpy("classes").tolist()


def triton_refusal(address):
    client = tritonclient.http.InferenceServerClient(address.removeprefix("http://"))
    given = tritonclient.http.InferInput("input", [1, 2], "FP32")
    given.set_data_from_numpy(np.zeros((1, 2), np.float32))
    try:
        client.infer(NAME, [given])
    except InferenceServerException as refusal:
        return refusal.message()
    raise AssertionError("a wrong shape is not refused")


def main():
    path = library.class_path()
    model = library.trained(path)
    server = library.Server(path, model, log=library.WORK / "clients.log")
    try:
        address = f"http://127.0.0.1:{server.port}"
        batch = images()
        found = {
            "KServe, v1": asyncio.run(kserve_v1(address, batch)),
            "KServe, v2, JSON": asyncio.run(kserve_v2(address, batch, False)),
            "KServe, v2, binary": asyncio.run(kserve_v2(address, batch, True)),
            "Triton, JSON": triton(address, batch, False),
            "Triton, binary": triton(address, batch, True),
            "Triton, gzip": triton(address, batch, True, "gzip"),
            "Triton, deflate": triton(address, batch, False, "deflate"),
        }
        probabilities, classes = found["KServe, v1"]
        assert probabilities.shape == (3, 10) and np.allclose(probabilities.sum(1), 1, atol=1e-5)
        for name, (others, other_classes) in found.items():
            np.testing.assert_allclose(others, probabilities, atol=1e-6, err_msg=name)
            assert other_classes == classes, name
            print(f"{name}: {classes}")
        picture, picture_class = triton_pictures(address)
        assert picture_class == classes[:1]
        np.testing.assert_allclose(picture, probabilities[:1], atol=1e-3)
        print(f"Triton, a picture: {picture_class}")
        print(f"Triton, refused: {triton_refusal(address)}")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
