package io.github.convnet4j.examples;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.MersenneTwister;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * Square patches, cut at random places from photographs, each of which is a class. Training patches
 * come from the left half of a photograph and test patches from the right half, so no pixel is in
 * both. Brightness and contrast of each patch are changed at random; otherwise they would give away
 * much about the class.
 */
record PhotoPatches(List<String> classes, List<Picture> photos, int side) {
  private static final int CHANNELS = 3;

  PhotoPatches {
    classes = List.copyOf(classes);
    photos = List.copyOf(photos);
    if (photos.size() < 2) {
      throw new UsageException("--photos must hold at least 2 photographs: " + classes);
    }
    for (int i = 0; i < photos.size(); i++) {
      Picture photo = photos.get(i);
      if (photo.height() < side || photo.width() / 2 < side) {
        throw new UsageException(
            "--patch must fit into each half of each photograph, but half of %s has %dx%d pixels: %d"
                .formatted(classes.get(i), photo.height(), photo.width() / 2, side));
      }
    }
  }

  /** Reads photographs, in color. The name of a file, without its ending, is that of its class. */
  static PhotoPatches read(List<Path> files, int side) {
    PictureFormat colour = PictureFormat.asTheyAre().colour(PictureFormat.Colour.RGB);
    return new PhotoPatches(
        files.stream()
            .map(file -> file.getFileName().toString().replaceFirst("[.][^.]*$", ""))
            .toList(),
        files.stream().map(colour::read).toList(),
        side);
  }

  /** Returns patches of the left halves, class by class. */
  DataSet train(int perClass, int seed) {
    return cut(perClass, MersenneTwister.ofScalar(2 * seed), false);
  }

  /** Returns patches of the right halves, class by class. */
  DataSet test(int perClass, int seed) {
    return cut(perClass, MersenneTwister.ofScalar(2 * seed + 1), true);
  }

  private DataSet cut(int perClass, MersenneTwister random, boolean right) {
    int n = side * side * CHANNELS;
    byte[] pixels = new byte[Math.multiplyExact(n, perClass * photos.size())];
    int[] labels = new int[perClass * photos.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / perClass;
      Picture photo = photos.get(labels[i]);
      int half = photo.width() / 2;
      int top = Integer.remainderUnsigned(random.nextInt(), photo.height() - side + 1);
      int left = Integer.remainderUnsigned(random.nextInt(), half - side + 1) + (right ? half : 0);
      int contrast = 32 + Integer.remainderUnsigned(random.nextInt(), 65); // of 64: 0.5 to 1.5
      int brightness = 88 + Integer.remainderUnsigned(random.nextInt(), 81);
      byte[] all = photo.pixels();
      for (int row = 0; row < side; row++) {
        int from = ((top + row) * photo.width() + left) * CHANNELS;
        int to = i * n + row * side * CHANNELS;
        for (int j = 0; j < side * CHANNELS; j++) {
          int changed = (((Byte.toUnsignedInt(all[from + j]) - 128) * contrast) >> 6) + brightness;
          pixels[to + j] = (byte) Math.max(0, Math.min(255, changed));
        }
      }
    }
    return DataSet.of(pixels, labels, Shape.of(side, side, CHANNELS), photos.size());
  }
}
