package io.github.convnet4j.serve;

import io.github.convnet4j.check.Largest;
import io.github.convnet4j.inspect.GradCam;
import io.github.convnet4j.inspect.Inspection;
import io.github.convnet4j.inspect.LayerOutput;
import io.github.convnet4j.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * Shows what happens inside a network for one picture. It computes with a copy of the weights,
 * which is made when the page is opened, and for one picture at a time, so that predictions do not
 * wait for it.
 */
final class Insight implements AutoCloseable {
  /** A network with more layers shows some of them, from the first to the last. */
  private static final int MOST_LAYERS = 12;

  private static final int MOST_MAPS = 32;
  private static final int MOST_MAPS_OF_ONE_LAYER = 128;
  private static final int ROW = 8;

  /** The most values of a layer: 32 maps of 28x28. */
  private static final int MOST_VALUES = 32 * 28 * 28;

  /** Larger maps are reduced. */
  private static final int MOST_SIDE = 56;

  private static final int MOST_HEAT_SIDE = 224;
  private static final int MOST_NUMBERS = 1024;

  private final Model<?> model;
  private final boolean possible;
  private final Semaphore free = new Semaphore(1);
  private final ExecutorService executor;
  private Optional<Inspection> inspection = Optional.empty(); // used by the executor only

  /**
   * The output of a layer.
   *
   * @param shape for one example
   * @param channels how many maps the layer has, or numbers if it has no maps
   * @param height of a map; 1 for a number
   * @param width of a map; 1 for a number
   * @param values the first maps one after another; from -127 to 127 for the layer's largest
   *     absolute value, and -128 if it is not finite
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Maps(
      String name,
      String kind,
      List<Long> shape,
      long channels,
      int height,
      int width,
      byte[] values) {}

  /**
   * Where the network sees a class.
   *
   * @param values {@code [height, width]}, from 0 to 127 for the largest value
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Heat(String layer, int classIndex, int height, int width, byte[] values) {}

  /**
   * The layers and the heat map for a picture.
   *
   * @param names the names of all layers, also of those that are not shown
   * @param heat empty if there is none for this network
   */
  record Look(List<String> names, List<Maps> layers, Optional<Heat> heat) {}

  /**
   * @param name of the model, for the thread
   */
  Insight(String name, Model<?> model) {
    this.model = model;
    this.possible = possible(model);
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "convnet4j-insight-" + name);
              thread.setDaemon(true);
              return thread;
            });
  }

  private static boolean possible(Model<?> model) {
    try {
      Inspection.check(model);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // Several inputs or outputs, or a graph of the user's own.
    }
  }

  /** Whether the network's layers can be shown. */
  boolean isPossible() {
    return possible;
  }

  /**
   * Computes something in the thread of this model.
   *
   * @throws Refusal if it is computing already
   */
  <T> CompletableFuture<T> compute(Supplier<T> task) {
    if (!free.tryAcquire()) {
      throw Refusal.busy("another picture is being looked at: try again later");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            T computed;
            try {
              computed = task.get();
            } catch (RuntimeException | Error e) {
              free.release();
              result.completeExceptionally(e);
              return;
            }
            // Released first, so that whoever gets the result may ask for the next one.
            free.release();
            result.complete(computed);
          });
    } catch (RuntimeException e) {
      free.release();
      throw Refusal.busy("the server is stopping");
    }
    return result;
  }

  /**
   * Returns the layers and the heat map for a picture; nothing if the network cannot be inspected.
   * For the thread of {@link #compute}.
   *
   * @param image what the network takes
   * @param classIndex the class of the heat map; otherwise it is the most likely one
   * @param layer the only one to show; otherwise all or a choice
   */
  Look look(float[] image, OptionalInt classIndex, Optional<String> layer) {
    if (!possible) {
      return new Look(List.of(), List.of(), Optional.empty());
    }
    Inspection inside = opened();
    List<LayerOutput> outputs =
        inside.layerOutputs(image).stream()
            .filter(output -> !output.kind().equals("flatten")) // It only changes the shape.
            .filter(output -> output.shape().numDimensions() <= 3)
            .toList();
    List<String> names = outputs.stream().map(LayerOutput::layer).toList();
    List<Maps> shown =
        layer.isPresent()
            ? List.of(maps(named(outputs, layer.get(), names), MOST_MAPS_OF_ONE_LAYER))
            : choice(outputs).stream().map(output -> maps(output, MOST_MAPS)).toList();
    return new Look(names, shown, heat(inside, image, classIndex));
  }

  private Inspection opened() {
    if (inspection.isEmpty()) {
      inspection = Optional.of(Inspection.of(model));
    }
    return inspection.get();
  }

  /**
   * Builds what looks need, which takes seconds for a large network. A look that arrives meanwhile
   * waits for it. If it fails, the next look says why.
   */
  CompletableFuture<Void> prepare() {
    return possible
        ? CompletableFuture.runAsync(this::opened, executor)
        : CompletableFuture.completedFuture(null);
  }

  private static LayerOutput named(List<LayerOutput> outputs, String name, List<String> names) {
    return outputs.stream()
        .filter(output -> output.layer().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest("layer must be one of %s".formatted(String.join(", ", names))));
  }

  private static List<LayerOutput> choice(List<LayerOutput> outputs) {
    if (outputs.size() <= MOST_LAYERS) {
      return outputs;
    }
    List<LayerOutput> choice = new ArrayList<>();
    for (int i = 0; i < MOST_LAYERS; i++) {
      choice.add(outputs.get(i * (outputs.size() - 1) / (MOST_LAYERS - 1)));
    }
    return choice;
  }

  private static Maps maps(LayerOutput output, int most) {
    Shape shape = output.shape();
    List<Long> sizes = sizes(shape);
    float[] values = output.values();
    if (shape.numDimensions() < 2) {
      int n = Math.min(values.length, MOST_NUMBERS);
      byte[] levels = levels(Arrays.copyOf(values, n), largest(values));
      return new Maps(output.layer(), output.kind(), sizes, values.length, 1, 1, levels);
    }
    int height = (int) shape.get(0);
    int width = (int) shape.get(1);
    int channels = output.hasMaps() ? (int) shape.get(2) : 1;
    Grid first = Grid.of(output.hasMaps() ? output.map(0) : values, height, width, MOST_SIDE);
    int fitting = Math.max(1, MOST_VALUES / first.values().length / ROW) * ROW;
    int shown = Math.min(channels, Math.min(most, most == MOST_MAPS ? fitting : 4 * fitting));
    List<float[]> maps = new ArrayList<>();
    for (int channel = 0; channel < shown; channel++) {
      maps.add(
          channel == 0
              ? first.values()
              : Grid.of(output.map(channel), height, width, MOST_SIDE).values());
    }
    float[] all = joined(maps);
    return new Maps(
        output.layer(),
        output.kind(),
        sizes,
        channels,
        first.height(),
        first.width(),
        levels(all, largest(all)));
  }

  private static List<Long> sizes(Shape shape) {
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < shape.numDimensions(); i++) {
      sizes.add(shape.get(i));
    }
    return sizes;
  }

  private Optional<Heat> heat(Inspection inside, float[] image, OptionalInt classIndex) {
    Shape output = model.network().output();
    if (output.numDimensions() != 1 || inside.gradCamLayer().isEmpty()) {
      return Optional.empty();
    }
    long classes = output.get(0);
    if (classIndex.isPresent() && classIndex.getAsInt() >= classes) {
      throw Refusal.badRequest(
          "class must be below %d: %d".formatted(classes, classIndex.getAsInt()));
    }
    int chosen = classIndex.isPresent() ? classIndex.getAsInt() : mostLikely(inside, image);
    GradCam cam;
    try {
      cam = inside.gradCam(image, chosen);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // A layer of the user's own may have no derivative.
    }
    Shape input = model.network().input();
    Grid grid = Grid.of(cam.overImage(), (int) input.get(0), (int) input.get(1), MOST_HEAT_SIDE);
    byte[] levels = levels(grid.values(), largest(grid.values()));
    return Optional.of(new Heat(cam.layer(), chosen, grid.height(), grid.width(), levels));
  }

  private static int mostLikely(Inspection inside, float[] image) {
    float[] logits = inside.logits(image);
    return Largest.indexOf(logits, 0, logits.length);
  }

  /** A matrix, row by row. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Grid(int height, int width, float[] values) {
    /** Returns a matrix whose sides are at most {@code most}: means over squares of equal size. */
    static Grid of(float[] values, int height, int width, int most) {
      int square = (Math.max(height, width) + most - 1) / most;
      if (square <= 1) {
        return new Grid(height, width, values);
      }
      int rows = (height + square - 1) / square;
      int columns = (width + square - 1) / square;
      float[] means = new float[rows * columns];
      for (int i = 0; i < means.length; i++) {
        means[i] = mean(values, height, width, i / columns * square, i % columns * square, square);
      }
      return new Grid(rows, columns, means);
    }

    private static float mean(
        float[] values, int height, int width, int top, int left, int square) {
      int bottom = Math.min(height, top + square);
      int right = Math.min(width, left + square);
      double sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += values[y * width + x];
        }
      }
      return (float) (sum / ((long) (bottom - top) * (right - left)));
    }
  }

  private static float[] joined(List<float[]> maps) {
    int each = maps.get(0).length;
    float[] all = new float[maps.size() * each];
    for (int i = 0; i < maps.size(); i++) {
      System.arraycopy(maps.get(i), 0, all, i * each, each);
    }
    return all;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  private static byte[] levels(float[] values, float largest) {
    byte[] levels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        levels[i] = Byte.MIN_VALUE;
      } else {
        levels[i] = (byte) (largest == 0 ? 0 : Math.round(values[i] / largest * Byte.MAX_VALUE));
      }
    }
    return levels;
  }

  /** Waits for the running computation, and frees the native memory. */
  @Override
  public void close() {
    executor.shutdown();
    ExecutorEnd.await(executor);
    inspection.ifPresent(Inspection::close);
  }
}
