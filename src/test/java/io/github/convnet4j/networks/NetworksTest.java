package io.github.convnet4j.networks;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.natives.Locales;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** ApplicationsTest compares the values that these networks compute with those of Keras. */
class NetworksTest {
  private static final Shape PHOTO = Shape.of(224, 224, 3);

  /** With 1,000 classes: what torchvision, timm and Keras publish. */
  private static Stream<Arguments> published() {
    return Stream.of(
        arguments(Networks.leNet(Shape.of(28, 28, 1), 10), 61_706),
        arguments(Networks.resNet18(PHOTO, 1000), 11_689_512),
        arguments(Networks.resNet50(PHOTO, 1000), 25_583_592),
        arguments(Networks.mobileNetV2(PHOTO, 1000), 3_504_872),
        arguments(Networks.efficientNetLite0(PHOTO, 1000), 4_652_008));
  }

  @ParameterizedTest
  @MethodSource("published")
  void hasThePublishedNumberOfParameters(Network network, long parameters) {
    assertEquals(parameters, network.trainableParameterCount());
  }

  /** Keras 3.15.1 counts as many, moving statistics included. */
  @ParameterizedTest
  @CsvSource({"0.35, 1691208", "0.5, 1987224", "0.75, 2663064", "1.3, 5431048", "1.4, 6156712"})
  void widthsOfMobileNet(double width, long parameters) {
    assertEquals(parameters, Networks.mobileNetV2(PHOTO, 1000, width).parameterCount());
  }

  /** Weights are saved and loaded by these names. */
  @Test
  void theNamesOfLayersDoNotDependOnTheLocale() throws Exception {
    List<String> expected = names();
    for (Locale locale : Locales.withOtherDigits()) {
      Locales.in(locale, () -> assertEquals(expected, names(), locale::toLanguageTag));
    }
  }

  private static List<String> names() {
    Shape small = Shape.of(64, 64, 3);
    return Stream.of(
            Networks.leNet(Shape.of(28, 28, 1), 10),
            Networks.resNet18(small, 10),
            Networks.resNet50(small, 10),
            Networks.mobileNetV2(small, 10),
            Networks.efficientNetLite0(small, 10),
            Networks.uNet(small, 2, 3, 4))
        .flatMap(network -> network.parameters().stream())
        .map(Parameter::name)
        .toList();
  }

  private static long convolutions(int from, int to, int size) {
    return (long) size * size * from * to + to;
  }

  /** The paper's figure 1: two convolutions of 3x3 at each size, and those of 2x2 between them. */
  @Test
  void theUNetOfThePaper() {
    long expected = 0;
    int channels = 1;
    for (int filters = 64; filters <= 1024; filters *= 2) {
      expected += convolutions(channels, filters, 3) + convolutions(filters, filters, 3);
      channels = filters;
    }
    for (int filters = 512; filters >= 64; filters /= 2) {
      expected += convolutions(2 * filters, filters, 2);
      expected += convolutions(2 * filters, filters, 3) + convolutions(filters, filters, 3);
    }
    expected += convolutions(64, 2, 1);
    Network network = Networks.uNet(Shape.of(512, 512, 1), 2);
    assertEquals(expected, network.parameterCount());
    assertEquals(Shape.of(512, 512, 2), network.output());
  }

  /** Odd sizes are rounded up at each stride, as in Keras. */
  @ParameterizedTest
  @CsvSource({"32, 1", "33, 2", "100, 4", "224, 7", "225, 8"})
  void anySizeFrom32(int side, int last) {
    Shape input = Shape.of(side, side + 1, 1);
    for (Network network :
        List.of(
            Networks.resNet18(input, 2),
            Networks.resNet50(input, 2),
            Networks.mobileNetV2(input, 2),
            Networks.efficientNetLite0(input, 2))) {
      Shape features =
          network.nodes().stream()
              .map(node -> node.output())
              .filter(shape -> shape.numDimensions() == 3)
              .reduce((first, second) -> second)
              .orElseThrow();
      assertEquals(last, features.get(0), network::summary);
      assertEquals(Shape.of(2), network.output());
    }
  }

  @Test
  void layersCanBeFrozenByTheirNames() {
    Network network = Networks.resNet18(PHOTO, 10).freeze("conv1*", "conv2*");
    assertTrue(network.frozenLayers().contains("conv2_block2_2_conv"));
    Network decoder = Networks.uNet(Shape.of(16, 16, 3), 2, 2, 4).freeze("encoder*", "bottom*");
    assertEquals(6, decoder.frozenLayers().size(), () -> "" + decoder.frozenLayers());
  }

  @Test
  void aDescriptionIsSavedAsAnyOther() {
    for (Network network :
        List.of(
            Networks.leNet(Shape.of(28, 28, 1), 10),
            Networks.resNet18(PHOTO, 5),
            Networks.mobileNetV2(PHOTO, 5, 0.5),
            Networks.efficientNetLite0(PHOTO, 5),
            Networks.uNet(PHOTO, 5))) {
      assertEquals(network, Network.fromJson(network.toJson()));
    }
  }

  private static Stream<Arguments> mistakes() {
    Shape small = Shape.of(31, 32, 3);
    return Stream.of(
        arguments(call(() -> Networks.mobileNetV2(small, 10)), "input", "[31, 32, 3]"),
        arguments(call(() -> Networks.mobileNetV2(Shape.of(784), 10)), "input", "[784]"),
        arguments(call(() -> Networks.mobileNetV2(PHOTO, 0)), "classes", "0"),
        arguments(call(() -> Networks.mobileNetV2(PHOTO, 10, 0)), "width", "0.0"),
        arguments(call(() -> Networks.mobileNetV2(PHOTO, 10, Double.NaN)), "width", "NaN"),
        arguments(call(() -> Networks.mobileNetV2(PHOTO, 10, 1e9)), "width", "1.0E9"),
        arguments(call(() -> Networks.resNet18(small, 10)), "input", "[31, 32, 3]"),
        arguments(call(() -> Networks.resNet50(small, 10)), "input", "[31, 32, 3]"),
        arguments(call(() -> Networks.resNet50(PHOTO, -1)), "classes", "-1"),
        arguments(call(() -> Networks.efficientNetLite0(small, 10)), "input", "[31, 32, 3]"),
        arguments(call(() -> Networks.leNet(Shape.of(12, 11, 1), 10)), "input", "[12, 11, 1]"),
        arguments(call(() -> Networks.uNet(Shape.of(100, 96, 3), 2)), "input", "[100, 96, 3]"),
        arguments(call(() -> Networks.uNet(PHOTO, 2, 0, 16)), "depth", "0"),
        arguments(call(() -> Networks.uNet(PHOTO, 2, 31, 16)), "depth", "31"),
        arguments(call(() -> Networks.uNet(PHOTO, 2, 4, 0)), "filters", "0"));
  }

  private static Supplier<Network> call(Supplier<Network> call) {
    return call;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsValue(Supplier<Network> call, String argument, String value) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::get);
    assertTrue(e.getMessage().startsWith(argument), e::getMessage);
    assertTrue(e.getMessage().endsWith(value), e::getMessage);
  }

  @Test
  void leNetLearnsDigits() {
    DataSets digits = BundledDigits.read();
    try (Model<Prediction> model =
        Model.of(
            Networks.leNet(Shape.of(28, 28, 1), 10),
            Tasks.classification(),
            adam(0.002),
            ModelOptions.seed(777))) {
      History history = model.fit(digits.train(), FitOptions.epochs(3).batchSize(50));
      Scores scores = model.evaluate(digits.test());
      assertTrue(history.last().cost() < history.epochs().get(0).cost() / 2, history::toString);
      assertTrue(scores.accuracy() > 0.85, () -> history + " " + scores);
    }
  }

  /** Light squares on dark noise. */
  private static ExampleSet squares(int count) {
    int side = 16;
    Random random = new Random(777);
    byte[] pixels = new byte[count * side * side];
    byte[] masks = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(128);
    }
    for (int i = 0; i < count; i++) {
      int top = random.nextInt(side - 6);
      int left = random.nextInt(side - 6);
      for (int pixel = 0; pixel < 36; pixel++) {
        int at = (i * side + top + pixel / 6) * side + left + pixel % 6;
        pixels[at] = (byte) (100 + random.nextInt(128));
        masks[at] = 1;
      }
    }
    return ExampleSet.builder()
        .images("image", pixels, side, side, 1)
        .masks("mask", masks, side, side)
        .build();
  }

  @Test
  void uNetLearnsSquares() {
    try (Model<SegmentedImage> model =
        Model.of(
            Networks.uNet(Shape.of(16, 16, 1), 2, 2, 8),
            Tasks.segmentation("noise", "square"),
            adam(0.003),
            ModelOptions.seed(777))) {
      History history = model.fit(squares(60), FitOptions.epochs(8).batchSize(10));
      assertTrue(history.last().cost() < history.epochs().get(0).cost() / 2, history::toString);
    }
  }
}
