"""What one writes to serve ex11_9's network with FastAPI, for the comparison with the library.

    uvicorn fastapi_server:app      with PEER=keras or torch, BATCHING=1 or 0, WEIGHTS=FILE

It has the two paths that load.py asks: TensorFlow Serving's REST API for numbers, and a picture in
a POST. The answers have the same form as the library's. The advice of the makers of FastAPI, Keras
and PyTorch is followed: uvloop and httptools, a fast JSON parser, no validation model for each
number, computing outside the event loop, tf.function with an input signature, torch.inference_mode.
"""

import asyncio
import contextlib
import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import orjson
from fastapi import FastAPI, HTTPException, Request, Response
from PIL import Image

# The thread that computes gets Python's lock back sooner, which is faster than the default here.
sys.setswitchinterval(0.0005)

SHAPE = (28, 28, 1)
MOST_EXAMPLES = 32


def keras_network(weights):
    import keras
    import tensorflow as tf

    model = keras.models.load_model(weights, compile=False)

    @tf.function(input_signature=[tf.TensorSpec((None, *SHAPE), tf.float32)])
    def infer(images):
        return model(images, training=False)

    return lambda images: infer(tf.constant(images)).numpy()


def torch_network(weights):
    import torch
    from torch import nn

    arrays = np.load(weights)
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(64, 128, 3, padding=1, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2, ceil_mode=True),  # 7 becomes 4, as with padding "same".
        nn.Flatten(),
        nn.Linear(2048, 625),
        nn.ReLU(),
        nn.Linear(625, 10),
        nn.Softmax(1),
    )
    kernels = [torch.from_numpy(arrays[f"arr_{i}"]) for i in range(7)]
    with torch.no_grad():
        for layer, kernel in zip((0, 3, 6), kernels):
            network[layer].weight.copy_(kernel.permute(3, 2, 0, 1))
        # Keras flattens height, width, channels; PyTorch channels, height, width.
        dense = kernels[3].reshape(4, 4, 128, 625).permute(2, 0, 1, 3).reshape(2048, 625)
        network[10].weight.copy_(dense.T)
        network[10].bias.copy_(kernels[4])
        network[12].weight.copy_(kernels[5].T)
        network[12].bias.copy_(kernels[6])
    network = network.eval().to(memory_format=torch.channels_last)
    if os.environ["BATCHING"] == "0":
        # Several requests are computed at once, so that each needs only one thread.
        torch.set_num_threads(1)

    def infer(images):
        with torch.inference_mode():
            nchw = torch.from_numpy(images).permute(0, 3, 1, 2)
            return network(nchw).numpy()

    return infer


class Batcher:
    """Computes the requests that arrive while the network is at work in one batch."""

    def __init__(self, infer):
        self.infer = infer
        self.waiting = []
        self.wake = asyncio.Event()
        self.thread = ThreadPoolExecutor(1)
        self.task = asyncio.create_task(self.work())

    async def submit(self, image):
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append((image, answer))
        self.wake.set()
        return await answer

    async def work(self):
        loop = asyncio.get_running_loop()
        while True:
            await self.wake.wait()
            batch, self.waiting = self.waiting[:MOST_EXAMPLES], self.waiting[MOST_EXAMPLES:]
            if not self.waiting:
                self.wake.clear()
            images = np.stack([image for image, _ in batch])
            results = await loop.run_in_executor(self.thread, self.infer, images)
            for (_, answer), result in zip(batch, results):
                if not answer.done():
                    answer.set_result(result)


class Threads:
    """Computes each request alone, as many at once as there are processors."""

    def __init__(self, infer):
        self.infer = infer
        self.pool = ThreadPoolExecutor(os.cpu_count())

    async def submit(self, image):
        loop = asyncio.get_running_loop()
        return (await loop.run_in_executor(self.pool, self.infer, image[np.newaxis]))[0]


state = {}


@contextlib.asynccontextmanager
async def lifespan(_app):
    network = keras_network if os.environ["PEER"] == "keras" else torch_network
    infer = network(os.environ["WEIGHTS"])
    for examples in range(1, MOST_EXAMPLES + 1):
        infer(np.zeros((examples, *SHAPE), np.float32))
    state["model"] = Batcher(infer) if os.environ["BATCHING"] == "1" else Threads(infer)
    yield


app = FastAPI(lifespan=lifespan)


def json_answer(value):
    content = orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, media_type="application/json")


@app.get("/healthz")
async def health():
    return {}


@app.post("/v1/models/digits:predict")
async def predict(request: Request):
    try:
        instances = orjson.loads(await request.body())["instances"]
        images = np.asarray(instances, np.float32).reshape(-1, *SHAPE)
    except (ValueError, KeyError, TypeError) as fault:
        raise HTTPException(400, str(fault)) from fault
    results = await asyncio.gather(*(state["model"].submit(image) for image in images))
    rows = [{"probabilities": row, "classes": int(row.argmax())} for row in results]
    return json_answer({"predictions": rows})


@app.post("/predict")
async def picture(request: Request):
    try:
        opened = Image.open(io.BytesIO(await request.body())).convert("L")
        image = np.asarray(opened, np.float32).reshape(SHAPE) / 255
    except (ValueError, OSError) as fault:
        raise HTTPException(400, str(fault)) from fault
    result = await state["model"].submit(image)
    order = np.argsort(-result)
    named = [{"name": str(i), "value": float(result[i])} for i in order]
    return json_answer({"model": "digits", "version": 1, "predictions": named})
