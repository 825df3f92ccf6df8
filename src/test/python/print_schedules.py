"""Prints the contents of src/test/resources/schedules.txt: learning rates of Keras and PyTorch.

Run with "keras" (tensorflow-cpu 2.16.2, Keras 3) and then with "torch" (2.15.0): two packages that
need not be in the same environment. A line is: schedule, step, steps, rate.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def show(name, step, steps, rate):
    print(name, step, steps, f"{rate:.9g}")


def of_keras():
    from keras.optimizers import schedules

    # Two steps are an epoch.
    for name, schedule in {
        "cosine": schedules.CosineDecay(0.1, 8),
        "cosine-end": schedules.CosineDecay(0.1, 8, alpha=0.25),
        "exponential": schedules.ExponentialDecay(0.1, 2, 0.5),
        "step": schedules.ExponentialDecay(0.1, 4, 0.5, staircase=True),
    }.items():
        for step in range(8):
            show(name, step, 8, float(schedule(step)))


def one_cycle(name, steps, **settings):
    import torch

    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=0.02, total_steps=steps, cycle_momentum=False, **settings
    )
    for step in range(steps):
        show(name, step, steps, schedule.get_last_lr()[0])
        if step < steps - 1:
            optimizer.step()
            schedule.step()


def of_torch():
    for steps in (1, 2, 3, 4, 5, 20):
        one_cycle("one-cycle", steps)
    one_cycle("one-cycle-settings", 9, pct_start=0.5, div_factor=4, final_div_factor=100)


if __name__ == "__main__":
    {"keras": of_keras, "torch": of_torch}[sys.argv[1]]()
