package io.github.convnet4j.bench.growth;

import io.github.convnet4j.bench.UsageException;
import io.github.convnet4j.bench.process.JavaCommand;
import io.github.convnet4j.bench.process.TemporaryFolder;
import io.github.convnet4j.bench.report.Results;
import io.github.convnet4j.bench.stats.Quartiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures one point after another, and writes a table and charts. */
@Command(
    name = "growth",
    description =
        "time and memory of a step as functions of batch, side, width, depth, images, threads")
public final class GrowthCommand implements Runnable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final Size BASE = new Size(100, 28, 32, 2, 2400, CORES);

  /** The share of the steps, at the start, in which threads are started and the JVM warms up. */
  private static final double NOT_COUNTED = 1 / 3.0;

  @Option(
      names = "--axes",
      paramLabel = "AXIS",
      split = ",",
      description = "the quantities to vary: ${COMPLETION-CANDIDATES} (default: all)")
  private List<Axis> axes = List.of(Axis.values());

  @Option(
      names = "--batch",
      split = ",",
      description = "images per step (default: ${DEFAULT-VALUE})")
  private List<Integer> batch = List.of(1, 10, 50, 100, 200, 500, 1000, 2000);

  @Option(
      names = "--side",
      split = ",",
      description = "sides of an image in pixels (default: ${DEFAULT-VALUE})")
  private List<Integer> side = List.of(28, 56, 84, 112, 168, 224);

  @Option(
      names = "--width",
      split = ",",
      description = "filters of each convolution (default: ${DEFAULT-VALUE})")
  private List<Integer> width = List.of(8, 16, 32, 64, 128, 256);

  @Option(
      names = "--depth",
      split = ",",
      description = "numbers of convolutions (default: ${DEFAULT-VALUE})")
  private List<Integer> depth = List.of(1, 2, 4, 8, 16);

  @Option(
      names = "--images",
      split = ",",
      description = "images in the data set (default: ${DEFAULT-VALUE})")
  private List<Integer> images = List.of(1797, 60_000, 180_000, 360_000, 600_000);

  @Option(
      names = "--threads",
      split = ",",
      description = "TensorFlow's threads (default: ${DEFAULT-VALUE})")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--steps",
      description =
          "minimum number of steps at each point, of which the first third does not count (default:"
              + " ${DEFAULT-VALUE})")
  private int steps = 12;

  @Option(
      names = "--seconds",
      description = "minimum training time at each point (default: ${DEFAULT-VALUE})")
  private double seconds = 6;

  @Mixin private Results results = new Results();

  /** All results, for the JSON file. */
  record Outcome(Size unlessVaried, List<Point> points, List<Trend> trends) {}

  @Override
  public void run() {
    if (steps < 2) {
      throw new UsageException("--steps must be at least 2: " + steps);
    }
    Map<Axis, List<Integer>> values = values();
    List<Point> points = new ArrayList<>();
    for (Axis axis : axes) {
      for (int value : values.get(axis)) {
        points.add(measure(axis, axis.vary(BASE, value)));
      }
    }
    List<Trend> trends = Trend.of(points);
    System.out.println("CSV: " + results.write("growth.csv", GrowthCsv.of(points)));
    GrowthCharts.draw(points, trends)
        .forEach((name, png) -> System.out.println("Picture: " + results.write(name, png)));
    results.show(
        "growth",
        GrowthTables.points(BASE, points) + "\n\n" + GrowthTables.trends(trends),
        new Outcome(BASE, points, trends));
  }

  private Map<Axis, List<Integer>> values() {
    Map<Axis, List<Integer>> values = new EnumMap<>(Axis.class);
    values.put(Axis.BATCH, batch);
    values.put(Axis.SIDE, side);
    values.put(Axis.WIDTH, width);
    values.put(Axis.DEPTH, depth);
    values.put(Axis.IMAGES, images);
    values.put(Axis.THREADS, threads);
    return values;
  }

  private Point measure(Axis axis, Size size) {
    System.err.printf("%s %d%n", axis, axis.of(size));
    try (TemporaryFolder images = TemporaryFolder.make("convnet4j-growth")) {
      DigitFiles.write(images.path(), size.side(), size.images());
      return point(axis, size, train(size, images.path()));
    } catch (IOException e) {
      throw new UncheckedIOException("the images of a point cannot be written", e);
    }
  }

  /** Returns the time of each step in seconds, and then the peak of memory in bytes. */
  private double[] train(Size size, Path images) {
    String[] arguments =
        Stream.concat(
                Stream.of(size.arguments()),
                Stream.of(images.toString(), Integer.toString(steps), Double.toString(seconds)))
            .toArray(String[]::new);
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(GrowthPoint.class, arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    // TensorFlow's variables for the number of threads.
    builder.environment().put("TF_NUM_INTRAOP_THREADS", Integer.toString(size.threads()));
    builder.environment().put("TF_NUM_INTEROP_THREADS", Integer.toString(size.threads()));
    return Stream.of(output(builder).split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Point point(Axis axis, Size size, double[] numbers) {
    int last = numbers.length - 1;
    int from = Math.max(1, (int) (last * NOT_COUNTED));
    long peak = (long) numbers[last];
    return new Point(
        axis,
        size,
        Quartiles.of(Arrays.copyOfRange(numbers, from, last)),
        numbers[0],
        peak < 0 ? OptionalLong.empty() : OptionalLong.of(peak));
  }

  private static String output(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException("exit code %d: %s".formatted(code, builder.command()));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("a point's process cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a point was measured", e);
    }
  }
}
