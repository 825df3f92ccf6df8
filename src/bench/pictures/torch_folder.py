"""Trains a small network for an epoch on a folder of pictures, with PyTorch, and prints the time."""
import resource, sys, time
import torch
from torch import nn
from torchvision import datasets, transforms
def cpu():
    return sum(r.ru_utime + r.ru_stime for r in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))
def main():
    torch.set_num_threads(2); torch.manual_seed(1)
    start, wall = cpu(), time.time()
    data = datasets.ImageFolder(sys.argv[1], transforms.ToTensor())
    listed, listed_wall = cpu(), time.time()
    model = nn.Sequential(nn.Conv2d(3, 8, 5, 4, 2), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 6))
    optimizer = torch.optim.Adam(model.parameters()); cost = nn.CrossEntropyLoss()
    loader = torch.utils.data.DataLoader(data, 50, shuffle=True, num_workers=2)
    for images, labels in loader:
        optimizer.zero_grad(); cost(model(images), labels).backward(); optimizer.step()
    del loader
    end, end_wall = cpu(), time.time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"pytorch: {len(data)} pictures; listing {listed-start:.1f} s cpu; epoch {end-listed:.1f} s cpu {end_wall-listed_wall:.1f} s wall; {len(data)/(end-listed):.0f} pictures per second of cpu; peak {peak} MiB")
if __name__ == "__main__":
    main()
