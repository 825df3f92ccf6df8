"""Contestant: PyTorch, eager, as many threads as cores. Arguments: LAYOUT [TYPE] NET FOLDER.

The layout is channels_last or contiguous_format (channels first, PyTorch's own). The type is that of
autocast, such as bfloat16; without one all is float32.
"""

import sys

import torch
from torch import nn

from conversation import CORES, KEEP_PROB, LEARNING_RATE, SEED, Conversation, Work

EVALUATED_AT_ONCE = 500


def conv_block(channels, filters, dropout):
    conv = nn.Conv2d(channels, filters, 3, padding="same", bias=False)
    nn.init.normal_(conv.weight, std=0.01)
    # ceil_mode pools an odd side as TensorFlow's SAME padding does.
    block = [conv, nn.ReLU(), nn.MaxPool2d(2, ceil_mode=True)]
    return block + ([nn.Dropout(1 - KEEP_PROB)] if dropout else [])


def dense(features, units):
    linear = nn.Linear(features, units)
    nn.init.xavier_uniform_(linear.weight)
    nn.init.normal_(linear.bias)
    return linear


def ex11_8(side, classes):
    side = half(half(side))
    blocks = [*conv_block(1, 32, False), *conv_block(32, 64, False)]
    return nn.Sequential(*blocks, nn.Flatten(), dense(64 * side * side, classes))


def ex11_9(side, classes):
    side = half(half(half(side)))
    blocks = [*conv_block(1, 32, True), *conv_block(32, 64, True), *conv_block(64, 128, True)]
    hidden = [nn.Flatten(), dense(128 * side * side, 625), nn.ReLU(), nn.Dropout(1 - KEEP_PROB)]
    return nn.Sequential(*blocks, *hidden, dense(625, classes))


def half(side):
    return (side + 1) // 2


def main():
    layout, *narrow, net, folder = sys.argv[1:]
    memory_format = getattr(torch, layout)
    # Before any thread is started, since threads inherit it; TensorFlow's threads do so by themselves.
    torch.set_flush_denormal(True)
    torch.set_num_threads(CORES)
    torch.manual_seed(SEED)
    work = Work(folder)
    train_images = torch.from_numpy(work.train_images).unsqueeze(1)  # [n, 1, height, width]
    train_labels = torch.from_numpy(work.train_labels.astype("int64"))
    test_images = torch.from_numpy(work.test_images).unsqueeze(1)
    test_labels = torch.from_numpy(work.test_labels.astype("int64"))
    model = globals()[net](work.train_images.shape[1], work.classes)
    model = model.to(memory_format=memory_format)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, eps=1e-8, fused=True)
    cross_entropy = nn.CrossEntropyLoss()

    def autocast():
        return torch.autocast("cpu", getattr(torch, narrow[0]) if narrow else None, bool(narrow))

    def train(batch):
        model.train()
        images = train_images[batch].to(memory_format=memory_format)
        optimizer.zero_grad(set_to_none=True)
        with autocast():
            loss = cross_entropy(model(images), train_labels[batch])
        loss.backward()
        optimizer.step()
        return loss.item()

    def correct(images, labels):
        model.eval()
        with torch.inference_mode(), autocast():
            logits = model(images.to(memory_format=memory_format))
            return int((logits.argmax(1) == labels).sum())

    def evaluate():
        parts = zip(test_images.split(EVALUATED_AT_ONCE), test_labels.split(EVALUATED_AT_ONCE))
        return sum(correct(images, labels) for images, labels in parts)

    def predict(i):
        return correct(test_images[i : i + 1], test_labels[i : i + 1]) == 1

    talk = Conversation("PyTorch " + torch.__version__, evaluate, predict)
    step = 0
    while talk.next_step():
        talk.step_done(train(torch.from_numpy(work.batch(step))))
        step += 1


if __name__ == "__main__":
    main()
