"""Prints the ticks that matplotlib 3.11 draws next to pictures: resources/…/plot/ticks.txt.

One line each: the direction, the picture's cells, the pixels of the axis, and the labels.
"""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

LENGTHS = (12, 55.5, 85.52, 145.88, 168, 225.45, 300, 369.6, 900)

for cells in (1, 2, 3, 4, 5, 7, 9, 14, 28, 100, 784, 12345):
    for pixels in LENGTHS:
        for down in (False, True):
            figure = plt.figure(figsize=(10, 10), dpi=100)
            axes = figure.add_axes([0, 0, pixels / 1000, pixels / 1000])
            shape = (cells, 1) if down else (1, cells)
            axes.imshow(np.zeros(shape), aspect="auto")
            figure.canvas.draw()
            axis = axes.yaxis if down else axes.xaxis
            labels = [tick.label1.get_text() for tick in axis._update_ticks()]
            print("DOWN" if down else "ACROSS", cells, pixels, *labels)
            plt.close(figure)
