"""A Python contestant's side of the conversation with the runner, and the work that it reads.

Conversation.java, the same in Java, describes the protocol.
"""

import json
import os
import sys
import threading
import time

import numpy as np

BATCH_SIZE = 100
SEED = 777
LEARNING_RATE = 0.001
KEEP_PROB = 0.7
CORES = os.cpu_count()


class Work:
    """Images as numbers from 0 to 1, [n, height, width], labels, and each epoch's order."""

    def __init__(self, folder):
        self.train_images = self._images(folder, "train")
        self.train_labels = _idx(folder, "train-labels", np.uint8)
        self.test_images = self._images(folder, "test")
        self.test_labels = _idx(folder, "test-labels", np.uint8)
        self.classes = int(self.train_labels.max()) + 1
        self.order = _idx(folder, "order", ">i4").astype(np.int64)  # [epochs, images]

    @staticmethod
    def _images(folder, name):
        images = _idx(folder, name + "-images", np.uint8)
        return images.astype(np.float32) * np.float32(1 / 255.0)

    def batch(self, step):
        """The indices of a step's training images; steps are counted over all epochs."""
        return self.order.reshape(-1)[step * BATCH_SIZE : (step + 1) * BATCH_SIZE]


def _idx(folder, name, dtype):
    with open(os.path.join(folder, name + ".idx"), "rb") as file:
        rank = file.read(4)[3]
        shape = np.frombuffer(file.read(4 * rank), ">u4")
        return np.frombuffer(file.read(), dtype).reshape(shape)


class Conversation:
    """Standard output belongs to the conversation; all other printing goes to standard error.

    evaluate() returns the number of correctly classified test images, predict(i) whether test image i is classified correctly.
    """

    def __init__(self, engine, evaluate, predict):
        self._out = os.fdopen(os.dup(1), "w", buffering=1)
        os.dup2(2, 1)
        self._evaluate = evaluate
        self._predict = predict
        self._asked = 0
        self._seconds = []
        self._costs = []
        self._started = 0.0
        self._answer(ready=engine)

    def next_step(self):
        """Waits for permission to do a training step, and starts its timer; returns False at the end."""
        while len(self._seconds) == self._asked:
            request = sys.stdin.readline().split() or ["quit"]
            numbers = [int(number) for number in request[1:]]
            if request[0] == "quit":
                return False
            elif request[0] == "train":
                self._asked = numbers[0]
                self._seconds, self._costs = [], []
            else:
                getattr(self, "_ask_" + request[0])(*numbers)
        self._started = time.perf_counter()
        return True

    def step_done(self, cost):
        """Stops the step's timer; answers the runner if this was the last requested step."""
        self._seconds.append(time.perf_counter() - self._started)
        self._costs.append(float(cost))
        if len(self._seconds) == self._asked:
            self._answer(seconds=self._seconds, costs=self._costs)

    def _ask_evaluate(self):
        start = time.perf_counter()
        correct = self._evaluate()
        self._answer(seconds=[time.perf_counter() - start], correct=int(correct))

    def _ask_predict(self, images):
        seconds, correct = [], 0
        for i in range(images):
            start = time.perf_counter()
            right = self._predict(i)
            seconds.append(time.perf_counter() - start)
            correct += int(right)
        self._answer(seconds=seconds, correct=correct)

    def _ask_threads(self, threads, images):
        counts = [0] * threads

        def work(thread):
            counts[thread] = sum(int(self._predict(i)) for i in range(images))

        workers = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self._answer(seconds=[time.perf_counter() - start], correct=sum(counts))

    def _answer(self, **answer):
        print(json.dumps(answer), file=self._out)
