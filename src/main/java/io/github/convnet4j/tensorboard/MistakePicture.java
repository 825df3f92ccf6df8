package io.github.convnet4j.tensorboard;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture of misclassified images with their labels and predictions. */
final class MistakePicture {
  /** Number of images predicted at once, small enough to stop soon after the last mistake shown. */
  private static final int CHUNK = 500;

  private static final int MIN_WIDTH = 84;

  private MistakePicture() {}

  private record Mistake(int index, String prediction) {}

  /** Draws the first mistakes, in the order of the images; empty if there are none. */
  static Optional<BufferedImage> of(Model<?> model, DataSet images, int most) {
    List<Mistake> mistakes = find(model, images, most);
    if (mistakes.isEmpty()) {
      return Optional.empty();
    }
    TileGrid grid =
        new TileGrid(
            mistakes.size(), images.height(), images.width(), MIN_WIDTH, 2 * Captions.LINE_HEIGHT);
    for (int tile = 0; tile < mistakes.size(); tile++) {
      Mistake mistake = mistakes.get(tile);
      draw(grid, tile, images, mistake.index());
      String label = model.classNames().get(images.label(mistake.index()));
      grid.caption(tile, List.of("true: " + label, "pred: " + mistake.prediction()));
    }
    return Optional.of(grid.draw());
  }

  private static List<Mistake> find(Model<?> model, DataSet images, int most) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int from = 0; from < images.size(); from += CHUNK) {
      DataSet chunk = images.subset(from, Math.min(from + CHUNK, images.size()));
      List<?> predictions = model.predict(chunk);
      for (int i = 0; i < chunk.size(); i++) {
        if (mistakes.size() == most) {
          return mistakes;
        }
        if (predictions.get(i) instanceof Prediction prediction
            && prediction.classIndex() != chunk.label(i)) {
          mistakes.add(new Mistake(from + i, prediction.className()));
        }
      }
    }
    return mistakes;
  }

  private static void draw(TileGrid grid, int tile, DataSet images, int index) {
    byte[] pixels = images.image(index);
    int channels = images.channels();
    int at = 0;
    for (int row = 0; row < images.height(); row++) {
      for (int column = 0; column < images.width(); column++) {
        int red = pixels[at] & 0xff;
        int green =
            pixels[at + channels / 2] & 0xff; // A single channel serves as all three colors.
        int blue = pixels[at + channels - 1] & 0xff;
        grid.set(tile, row, column, red << 16 | green << 8 | blue);
        at += channels;
      }
    }
  }
}
