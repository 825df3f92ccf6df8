"""Serves ex11_9's network with TorchServe, for the comparison with the library."""

import io
import os
import pathlib
import sys

import numpy as np
from PIL import Image

sys.path.insert(0, os.environ["SERVING_SCRIPTS"])

from fastapi_server import SHAPE, torch_network  # noqa: E402

networks = []


def image(body):
    if isinstance(body, dict):
        return np.asarray(body["instances"], np.float32).reshape(SHAPE)
    opened = Image.open(io.BytesIO(body)).convert("L")
    return np.asarray(opened, np.float32).reshape(SHAPE) / 255


def handle(requests, _context):
    """TorchServe gives all requests that arrive within maxBatchDelay."""
    if not networks:
        networks.append(torch_network(pathlib.Path(os.environ["WEIGHTS"])))
    if requests is None:
        return None
    images = np.stack([image(request.get("body") or request.get("data")) for request in requests])
    return [
        {"predictions": [{"probabilities": row.tolist(), "classes": int(row.argmax())}]}
        for row in networks[0](images)
    ]
