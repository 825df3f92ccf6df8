package io.github.convnet4j.files;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.Images;
import java.nio.file.Path;
import org.tensorflow.ndarray.Shape;

/** A file of images and the file of their labels. */
record LabelledImages(String labelsName, Idx images, Idx labels) {
  static LabelledImages read(Path imagesFile, Path labelsFile) {
    return of(
        imagesFile.toString(), Idx.read(imagesFile), labelsFile.toString(), Idx.read(labelsFile));
  }

  /** Checks that both belong together; the names are for messages. */
  static LabelledImages of(String imagesName, Idx images, String labelsName, Idx labels) {
    boolean colour = images.rank() == 4 && images.size(3) == 3;
    if (images.rank() != 3 && !colour) {
      throw new DataException(
          "%s has the magic number 0x%08x, for %d dimensions: images start with 0x00000803"
              .formatted(imagesName, 0x800 + images.rank(), images.rank()));
    }
    if (labels.rank() != 1) {
      throw new DataException(
          "%s has the magic number 0x%08x, for %d dimensions: labels start with 0x00000801"
              .formatted(labelsName, 0x800 + labels.rank(), labels.rank()));
    }
    if (images.size(0) != labels.size(0)) {
      throw new DataException(
          "%s holds %d images but %s holds %d labels: give files that belong together"
              .formatted(imagesName, images.size(0), labelsName, labels.size(0)));
    }
    return new LabelledImages(labelsName, images, labels);
  }

  int size() {
    return images.size(0);
  }

  /** Returns height, width and, for color images, channels: {@code 28x28}. */
  String imageSize() {
    return images.size(1) + "x" + images.size(2) + (images.rank() == 4 ? "x3" : "");
  }

  int largestLabel() {
    int largest = 0;
    for (byte label : labels.values()) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    return largest;
  }

  int distinctLabels() {
    boolean[] seen = new boolean[1 << Byte.SIZE];
    int distinct = 0;
    for (byte label : labels.values()) {
      distinct += seen[Byte.toUnsignedInt(label)] ? 0 : 1;
      seen[Byte.toUnsignedInt(label)] = true;
    }
    return distinct;
  }

  DataSet dataSet(int classes) {
    int[] numbers = new int[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Byte.toUnsignedInt(labels.values()[i]);
      if (numbers[i] >= classes) {
        throw new DataException(
            "%s: label %d is %d, but labels must be from 0 to %d, since there are %d classes"
                .formatted(labelsName, i, numbers[i], classes - 1, classes));
      }
    }
    return DataSet.of(
        Images.of(
            HeapBytes.wrap(images.values(), images.values().length / size()),
            Shape.of(images.size(1), images.size(2), images.rank() == 4 ? 3 : 1)),
        numbers,
        classes);
  }
}
