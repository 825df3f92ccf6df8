package io.github.convnet4j.keras;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.BatchNorm;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Conv2d;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.layer.Rescaling;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.networks.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The convolutional networks of keras.applications: outputs, and gradients of the mean
 * cross-entropy with respect to the first and the last kernel, compared with those of Keras. {@code
 * src/test/python/write_keras_networks.py} writes what they are compared with.
 */
class ApplicationsTest {
  private static final double OUTPUTS = 1e-5;
  private static final double GRADIENTS = 1e-4;
  private static final int[] LABELS = {3, 7};
  private static final String FOLDER = "keras.networks";

  /** What Keras computes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Expected(float[] output, Gradient first, Gradient last) {}

  /**
   * A gradient, of which some values are known: every n-th.
   *
   * @param allowed the largest difference, as a share of the largest value
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Gradient(String kernel, float largest, int every, float[] values, double allowed) {
    float[] picked(float[] gradient) {
      float[] picked = new float[values.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = gradient[i * every];
      }
      return picked;
    }

    double difference(float[] actual) {
      float[] picked = picked(actual);
      double difference = 0;
      for (int i = 0; i < picked.length; i++) {
        difference = Math.max(difference, Math.abs((double) picked[i] - values[i]));
      }
      return difference / largest;
    }
  }

  /** The mean or the variance of a normalization that has not been adapted. */
  private record OneNumber(float value) implements StoredArray {
    @Override
    public String path() {
      return "number";
    }

    @Override
    public Shape shape() {
      return Shape.scalar();
    }

    @Override
    public float[] values() {
      return new float[] {value};
    }
  }

  /** Networks whose weights and inputs follow from a formula. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v2",
        "mobilenet_v3_small",
        "efficientnet_b0",
        "nasnet_mobile",
        "resnet50",
        "resnet50_v2"
      })
  void computesWhatKerasComputes(String name) throws IOException {
    compareWithFigures(name, fromKeras(name));
  }

  private static Stream<Arguments> networks() {
    return Stream.of(
        arguments("lenet", Networks.leNet(Shape.of(28, 28, 1), 10)),
        arguments("resnet18", Networks.resNet18(Shape.of(64, 64, 3), 10)),
        arguments("resnet50", Networks.resNet50(Shape.of(64, 64, 3), 10)),
        arguments("mobilenet_v2", Networks.mobileNetV2(Shape.of(96, 96, 3), 10)),
        arguments("efficientnet_lite0", Networks.efficientNetLite0(Shape.of(64, 64, 3), 10)),
        arguments("unet", Networks.uNet(Shape.of(8, 8, 3), 10, 2, 4)));
  }

  /** Two networks of keras.applications, and others that were written with Keras' layers. */
  @ParameterizedTest
  @MethodSource("networks")
  void aNamedNetworkComputesWhatKerasComputes(String name, Network network) throws IOException {
    compareWithFigures(name, network);
  }

  /** So weights fit by their names, and layers are found where Keras has them. */
  @ParameterizedTest
  @MethodSource("networks")
  void aNamedNetworkHasTheLayersOfKeras(String name, Network network) throws IOException {
    assertLinesMatch(layers(fromKeras(name)), layers(network));
  }

  /** Keras 3 writes {@code training=False} for every call of a dropout layer, and trains it. */
  @Test
  void dropoutIsNotTakenForALayerInInference() throws IOException {
    assertEquals(
        Layers.dropout(0.5),
        fromKeras("unet").nodes().stream()
            .filter(node -> node.path().equals("bottom_dropout"))
            .findFirst()
            .orElseThrow()
            .computation());
  }

  /** Describes layers without what only matters in training. */
  private static List<String> layers(Network network) {
    String input = network.inputs().keySet().iterator().next();
    return network.nodes().stream()
        .map(
            node ->
                "%s(%s) %s %s"
                    .formatted(
                        node.path(),
                        String.join(", ", node.from()).replaceAll("^" + input + "$", "image"),
                        node.output(),
                        inInference(node.computation()).replaceAll("name=\\w*", "")))
        .toList();
  }

  private static String inInference(Computation computation) {
    if (computation instanceof BatchNorm norm) {
      return norm.momentum(0.9).toString();
    }
    return computation instanceof Conv2d convolution
        ? convolution.kernelInitializer(Initializers.zeros()).toString()
        : computation.toString();
  }

  private static String config(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(resource(name + ".json.gz"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Network fromKeras(String name) throws IOException {
    KerasSource source = new KerasSource(name, "3.15.1", KerasLayers.standard());
    return new GraphBuilder(source, layer -> List.of(new OneNumber(0), new OneNumber(1)))
        .build(ConfigReader.read(name, config(name)))
        .logits();
  }

  private static void compareWithFigures(String name, Network network) throws IOException {
    List<String> lines;
    try (InputStream in = resource(name + ".txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    String[] facts = lines.get(0).split(" ", -1);
    assertEquals("parameters " + network.parameterCount(), facts[0] + " " + facts[1]);
    double gain = Double.parseDouble(facts[3]);
    float[] input = Formula.numbers(2 * Math.toIntExact(network.input().size()), 1);
    boolean bytes = network.nodes().get(0).computation() instanceof Rescaling;
    for (int i = 0; bytes && i < input.length; i++) {
      input[i] = 127.5f * (input[i] + 1);
    }
    Expected expected =
        new Expected(
            numbers(lines.get(1), 1),
            gradient(network, lines.get(2)),
            gradient(network, lines.get(3)));
    compare(network, Formula.weights(network, gain), input, expected);
  }

  private static Gradient gradient(Network network, String line) {
    String kernel = line.substring(0, line.indexOf(' '));
    float[] numbers = numbers(line, 1);
    long size =
        network.parameters().stream()
            .filter(parameter -> parameter.name().equals(kernel))
            .findFirst()
            .orElseThrow()
            .size();
    return new Gradient(
        kernel,
        numbers[0],
        Math.toIntExact(Math.max(1, size / 40)),
        Arrays.copyOfRange(numbers, 1, numbers.length),
        GRADIENTS);
  }

  private static float[] numbers(String line, int from) {
    String[] words = line.split(" ", -1);
    float[] numbers = new float[words.length - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(words[from + i]);
    }
    return numbers;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        ApplicationsTest.class.getResourceAsStream("networks/" + name), name);
  }

  private static Stream<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty(FOLDER)))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  /** All networks, from files that Keras wrote, on a random picture and a photograph. */
  @ParameterizedTest
  @MethodSource("folders")
  @Tag("long")
  @EnabledIfSystemProperty(
      named = FOLDER,
      matches = ".+",
      disabledReason = "needs -D" + FOLDER + "=DIR, with what write_keras_networks.py wrote")
  void computesWhatKerasComputesForFiles(Path folder) throws IOException {
    KerasModel model = KerasModel.read(folder.resolve("network.keras"));
    List<String> kernels = Files.readAllLines(folder.resolve("kernels.txt"));
    double[] differences =
        compare(
            model.network(),
            model.weights(),
            floats(folder.resolve("input.f32")),
            new Expected(
                floats(folder.resolve("output.f32")),
                whole(kernels.get(0), floats(folder.resolve("first.f32")), allowed(folder, 1)),
                whole(kernels.get(1), floats(folder.resolve("last.f32")), allowed(folder, 2))));
    System.out.printf(
        "%s: %,d parameters, output %.1e, gradients %.1e and %.1e%n",
        folder.getFileName(),
        model.network().parameterCount(),
        differences[0],
        differences[1],
        differences[2]);
  }

  private static Gradient whole(String kernel, float[] values, double allowed) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return new Gradient(kernel, largest, 1, values, allowed);
  }

  /**
   * Returns the allowed difference of a gradient: twice the difference between float32 and float64
   * in Keras, where the file says it.
   */
  private static double allowed(Path folder, int line) throws IOException {
    Path rounding = folder.resolve("rounding.txt");
    return Files.exists(rounding)
        ? Math.max(GRADIENTS, 2 * Double.parseDouble(Files.readAllLines(rounding).get(line)))
        : GRADIENTS;
  }

  private static float[] floats(Path file) throws IOException {
    FloatBuffer buffer =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }

  /** Returns the relative differences of the output and of the two gradients. */
  private static double[] compare(
      Network network, Weights weights, float[] input, Expected expected) {
    try (KerasRun run = new KerasRun(network, weights)) {
      Ops tf = run.tf();
      Operand<TFloat32> probabilities = tf.nn.softmax(run.output());
      // Each pixel is an example, if the network has an output for each.
      int classes = Math.toIntExact(network.output().get(network.output().numDimensions() - 1));
      int examples = expected.output().length / classes;
      Operand<TFloat32> logits = tf.reshape(run.output(), tf.array(examples, classes));
      Operand<TFloat32> labels =
          tf.oneHot(
              tf.constant(IntStream.range(0, examples).map(i -> LABELS[i % 2]).toArray()),
              tf.constant(classes),
              tf.constant(1f),
              tf.constant(0f));
      Operand<TFloat32> loss =
          tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
      List<float[]> computed =
          run.fetch(
              input,
              probabilities,
              run.gradient(loss, expected.first().kernel()),
              run.gradient(loss, expected.last().kernel()));
      double[] differences = {
        KerasRun.difference(expected.output(), computed.get(0)),
        expected.first().difference(computed.get(1)),
        expected.last().difference(computed.get(2))
      };
      assertAll(
          () -> assertTrue(differences[0] <= OUTPUTS, () -> "outputs: " + differences[0]),
          () ->
              assertTrue(
                  differences[1] <= expected.first().allowed(),
                  () -> "first kernel: " + differences[1]),
          () ->
              assertTrue(
                  differences[2] <= expected.last().allowed(),
                  () -> "last kernel: " + differences[2]));
      return differences;
    }
  }

  /** The formula of {@code write_keras_networks.py}. */
  private static final class Formula {
    private Formula() {}

    static float[] numbers(int count, long salt) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        long z = (i + salt) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        numbers[i] = (float) ((z >>> 40) / (double) (1 << 23) - 1);
      }
      return numbers;
    }

    static Weights weights(Network network, double gain) {
      Weights.Builder weights = Weights.builder();
      String before = "";
      int index = 0;
      for (Parameter parameter : network.parameters()) {
        int slash = parameter.name().lastIndexOf('/');
        String layer = parameter.name().substring(0, slash);
        index = layer.equals(before) ? index + 1 : 0;
        before = layer;
        weights.add(parameter.name(), parameter.shape(), values(parameter, layer, index, gain));
      }
      return weights.build();
    }

    private static float[] values(Parameter parameter, String layer, int index, double gain) {
      CRC32 crc = new CRC32();
      crc.update((layer + "/" + index).getBytes(StandardCharsets.UTF_8));
      float[] values = numbers(Math.toIntExact(parameter.size()), crc.getValue());
      String name = parameter.name().substring(layer.length() + 1);
      switch (name) {
        case "gamma" -> change(values, value -> 1 + value / 4);
        case "moving_variance" -> change(values, value -> 1 + value / 2);
        case "beta", "bias", "moving_mean" -> change(values, value -> value / 8);
        default -> {
          boolean depthwise = layer.contains("depthwise") || name.contains("depthwise");
          int last = parameter.shape().numDimensions() - 1;
          // There are millions of weights: computed once, not for each of them.
          float factor =
              (float) Math.sqrt(gain / parameter.shape().take(depthwise ? 2 : last).size());
          change(values, value -> value * factor);
        }
      }
      return values;
    }

    /** Computes a number from another one. */
    private interface Change {
      float of(float value);
    }

    private static void change(float[] values, Change change) {
      for (int i = 0; i < values.length; i++) {
        values[i] = change.of(values[i]);
      }
    }
  }
}
