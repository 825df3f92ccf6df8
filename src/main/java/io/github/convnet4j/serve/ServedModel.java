package io.github.convnet4j.serve;

import io.github.convnet4j.data.HeapBytes;
import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Classification;
import io.github.convnet4j.task.MultiLabel;
import io.github.convnet4j.task.OutputTask;
import io.github.convnet4j.task.Regression;
import io.github.convnet4j.task.Segmentation;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;
import org.tensorflow.ndarray.Shape;

/**
 * A version of a model that answers requests. It is closed when it has been retired and the last
 * request is answered.
 */
final class ServedModel {
  /** A number, and some twelve characters of JSON, which are copied when the text grows. */
  private static final int BYTES_PER_OUTPUT = 4 + 3 * 12;

  private static final int GREY = 1;
  private static final int RGB = 3;

  private final String name;
  private final long version;
  private final Model<?> model;
  private final Memory memory;
  private final Batcher batcher;
  private final Insight insight;
  private final Optional<PictureFormat> pictures;
  private int users; // guarded by this
  private boolean retired; // guarded by this

  /** What an output is, for those who show it. */
  enum Kind {
    /** A probability for each class; they add up to 1. */
    CLASSES,
    /** A probability for each label. */
    LABELS,
    /** Numbers with names. */
    NUMBERS,
    /** A probability for each class in each pixel, {@code [height, width, classes]}. */
    PIXELS,
    /** Gray or RGB from 0 to 1, {@code [height, width, channels]}. */
    IMAGE,
    /** Anything else. */
    VALUES
  }

  /** An output: its name, its shape for one example, and the names of its values or classes. */
  record Port(String name, Kind kind, Shape shape, List<String> labels) {}

  /**
   * @param model closed with this
   * @param computed receives the name and the number of examples of each batch
   */
  ServedModel(
      String name,
      long version,
      Model<?> model,
      Batcher.Limits limits,
      Memory memory,
      ObjIntConsumer<String> computed) {
    this.name = name;
    this.version = version;
    this.model = model;
    this.memory = memory;
    this.pictures = pictures(model);
    this.batcher =
        new Batcher(
            name,
            (examples, inputs) -> {
              computed.accept(name, examples);
              return model.predictBatch(examples, inputs);
            },
            model.inputShapes(),
            limits);
    this.insight = new Insight(name, model);
  }

  private static Optional<PictureFormat> pictures(Model<?> model) {
    try {
      return Optional.of(model.pictureFormat());
    } catch (IllegalStateException e) {
      return Optional.empty(); // Its inputs are not pictures.
    }
  }

  String name() {
    return name;
  }

  long version() {
    return version;
  }

  Model<?> model() {
    return model;
  }

  Map<String, Shape> inputs() {
    return model.inputShapes();
  }

  List<Port> outputs() {
    List<Port> ports = new ArrayList<>();
    for (OutputTask<?> task : model.tasks()) {
      Shape shape = model.outputShapes().get(task.output());
      ports.add(
          new Port(task.output(), kind(task.task(), shape), shape, labels(task.task(), shape)));
    }
    return ports;
  }

  private static Kind kind(Task<?> task, Shape shape) {
    if (task instanceof Classification) {
      return Kind.CLASSES;
    }
    if (task instanceof MultiLabel) {
      return Kind.LABELS;
    }
    if (task instanceof Regression) {
      return Kind.NUMBERS;
    }
    if (task instanceof Segmentation) {
      return Kind.PIXELS;
    }
    boolean image = shape.numDimensions() == 3 && (shape.get(2) == GREY || shape.get(2) == RGB);
    return image ? Kind.IMAGE : Kind.VALUES;
  }

  private static List<String> labels(Task<?> task, Shape shape) {
    if (task instanceof MultiLabel labels) {
      return labels.labelNames(shape);
    }
    if (task instanceof Regression numbers) {
      return numbers.targetNames(shape);
    }
    return task instanceof Classification || task instanceof Segmentation
        ? task.classNames(shape)
        : List.of();
  }

  /** Returns the format of its pictures; empty if it does not take any. */
  Optional<PictureFormat> pictureFormat() {
    return pictures;
  }

  /** Returns what the network takes for the content of a picture file, {@code [1, …]}. */
  Map<String, float[]> decoded(byte[] file) {
    Map<String, float[]> inputs = new LinkedHashMap<>();
    inputs.put(inputs().keySet().iterator().next(), scaled(picture(file)));
    return inputs;
  }

  /**
   * Returns how many values so many pictures have.
   *
   * @throws Refusal if they are more than an array can hold
   */
  int valuesOf(int pictureCount) {
    long values = inputs().values().iterator().next().size() * pictureCount;
    if (values > HeapLimit.LARGEST_ARRAY) {
      throw Refusal.tooLarge(
          "%d pictures have %d values, more than can be computed at once: send fewer"
              .formatted(pictureCount, values));
    }
    return (int) values;
  }

  /** Decodes a picture file, and converts the picture to the model's format. */
  Picture picture(byte[] file) {
    PictureFormat format =
        pictures.orElseThrow(
            () -> Refusal.badRequest("the model %s does not take pictures".formatted(name)));
    return memory.decoded(file, format::decode);
  }

  /** Returns a picture's values from 0 to 1, {@code [height, width, channels]}. */
  static float[] scaled(Picture picture) {
    byte[] pixels = picture.pixels();
    float[] values = new float[pixels.length];
    HeapBytes.scale(pixels, 0, pixels.length, values, 0);
    return values;
  }

  /** Returns what shows the network's layers. */
  Insight insight() {
    return insight;
  }

  /**
   * Computes the outputs for some examples; see {@link Batcher#submit}.
   *
   * @param taken takes memory for the outputs and the answer
   */
  CompletableFuture<Map<String, float[]>> outputs(
      int examples, Map<String, float[]> inputs, Memory.OfRequest taken) {
    long values = model.outputShapes().values().stream().mapToLong(Shape::size).sum();
    taken.take(examples * values * BYTES_PER_OUTPUT);
    return batcher.submit(examples, inputs);
  }

  /** See {@link Batcher#hurry}. */
  void hurry() {
    batcher.hurry();
  }

  /** Returns the number of examples that wait to be computed. */
  long waiting() {
    return batcher.waiting();
  }

  /** Keeps the model open until {@link #release}; false if it is retired already. */
  synchronized boolean acquire() {
    if (!retired) {
      users++;
    }
    return !retired;
  }

  void release() {
    boolean last;
    synchronized (this) {
      users--;
      last = retired && users == 0;
    }
    if (last) {
      closeInBackground();
    }
  }

  /** Accepts no more requests, and closes the model when the running ones are answered. */
  void retire() {
    boolean last;
    synchronized (this) {
      last = !retired && users == 0;
      retired = true;
    }
    if (last) {
      closeInBackground();
    }
  }

  /** The last request ends in a thread of the batcher, which closing waits for. */
  private void closeInBackground() {
    Thread closing = new Thread(this::close, "convnet4j-close-" + name + "-" + version);
    closing.start();
  }

  /** Closes it at once, after the requests that were accepted. */
  void close() {
    batcher.close();
    insight.close();
    model.close();
  }
}
