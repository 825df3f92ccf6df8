package io.github.convnet4j.bench.contestant;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The images of a contest and the order in which they are trained on, the same for all contestants,
 * read from the folder that the runner wrote.
 *
 * @param train the images to train on
 * @param test the images to evaluate and predict
 * @param classes the number of classes; labels are from 0 to {@code classes - 1}
 * @param order {@code [epochs, images]} row by row: each epoch's order of the training images
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record Work(Part train, Part test, int classes, int[] order) {
  /** Images per step. */
  public static final int BATCH_SIZE = 100;

  private static final float PIXEL_SCALE = (float) (1 / 255.0);

  /**
   * Grey images with their labels.
   *
   * @param pixels {@code [size, height, width]} row by row, as unsigned bytes
   * @param labels {@code [size]}
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Part(byte[] pixels, int[] labels, int height, int width) {
    static Part read(Path folder, String name) {
      Array images = Array.read(folder.resolve(name + "-images.idx"), 1);
      byte[] classes = Array.read(folder.resolve(name + "-labels.idx"), 1).values().array();
      int[] labels = new int[classes.length];
      Arrays.setAll(labels, i -> classes[i]);
      return new Part(images.values().array(), labels, images.shape()[1], images.shape()[2]);
    }

    public int size() {
      return labels.length;
    }

    /** Returns the number of pixels of an image. */
    public int imageSize() {
      return height * width;
    }

    /** Returns some images as numbers from 0 to 1, {@code [indices, height, width]} row by row. */
    public float[] floats(int... indices) {
      int size = imageSize();
      float[] values = new float[indices.length * size];
      for (int i = 0; i < indices.length; i++) {
        for (int k = 0; k < size; k++) {
          values[i * size + k] = (pixels[indices[i] * size + k] & 0xff) * PIXEL_SCALE;
        }
      }
      return values;
    }
  }

  /** An IDX file of bytes (type 8) or ints (type 12). */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Array(int[] shape, ByteBuffer values) {
    static Array read(Path file, int bytesPerValue) {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        int[] shape = new int[in.readInt() & 0xff];
        int length = bytesPerValue;
        for (int axis = 0; axis < shape.length; axis++) {
          shape[axis] = in.readInt();
          length *= shape[axis];
        }
        byte[] values = new byte[length];
        in.readFully(values);
        return new Array(shape, ByteBuffer.wrap(values));
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be read", e);
      }
    }
  }

  /** Reads what the runner wrote. */
  public static Work read(Path folder) {
    Part train = Part.read(folder, "train");
    Array order = Array.read(folder.resolve("order.idx"), Integer.BYTES);
    int[] indices = new int[order.shape()[0] * order.shape()[1]];
    order.values().asIntBuffer().get(indices);
    int classes = Arrays.stream(train.labels()).max().orElseThrow() + 1;
    return new Work(train, Part.read(folder, "test"), classes, indices);
  }

  /** Returns the indices of a step's training images; steps are counted from 0 over all epochs. */
  public int[] batch(int step) {
    return Arrays.copyOfRange(order, step * BATCH_SIZE, (step + 1) * BATCH_SIZE);
  }

  /** Returns the one-hot labels of some training images, {@code [indices, classes]}. */
  public float[] oneHot(int... indices) {
    float[] oneHot = new float[indices.length * classes];
    for (int i = 0; i < indices.length; i++) {
      oneHot[i * classes + train.labels()[indices[i]]] = 1;
    }
    return oneHot;
  }
}
