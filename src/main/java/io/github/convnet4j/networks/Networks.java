package io.github.convnet4j.networks;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.tanh;

import io.github.convnet4j.check.Require;
import io.github.convnet4j.layer.Padding;
import io.github.convnet4j.model.Network;
import org.tensorflow.ndarray.Shape;

/**
 * Describes well-known networks for images. Their outputs are logits, as the tasks of this library
 * expect: there is no softmax at the end.
 *
 * <pre>{@code
 * Network network = Networks.mobileNetV2(Shape.of(224, 224, 3), 1000);
 * try (Model<Prediction> model = Model.of(network, classification(), adam(0.001))) {
 *   model.loadWeights(KerasModel.read(Path.of("mobilenet_v2.keras")).weights());
 * }
 * }</pre>
 *
 * <p>Layers have the names that they have in {@code keras.applications}, if the network is there,
 * so the variables of the two have the same names. The last layer is called {@code predictions} in
 * all networks.
 *
 * <p>Batch normalization has this library's momentum of 0.9, so that evaluations are right after
 * short runs, too. Keras has 0.99 or 0.999.
 *
 * <p>All methods throw an {@link IllegalArgumentException} that names the argument if the input is
 * not an image or too small for the network, or another argument is out of its bounds.
 */
public final class Networks {
  /** The name of the last layer. */
  static final String HEAD = "predictions";

  private Networks() {}

  /**
   * Describes LeNet-5, for small images such as handwritten digits: {@code [height, width,
   * channels] -> [classes]}. For {@code [28, 28, 1]} and 10 classes, it has 61,706 parameters.
   *
   * <p>Source: LeCun et al., "Gradient-based learning applied to document recognition", 1998. This
   * is its usual form today: pooling is a plain mean, the second convolution sees all channels, and
   * the last layer is dense. The paper's images of 32x32 are digits of 28x28 with a margin; here
   * the first convolution adds the margin.
   *
   * @param input at least 12x12
   * @param classes at least 1
   */
  public static Network leNet(Shape input, int classes) {
    checkImage(input, 12);
    checkClasses(classes);
    return Network.of(
        input,
        conv2d(6, 5).activation(tanh()).name("c1"), // [28, 28, 1] -> [28, 28, 6]
        averagePool(2).padding(Padding.VALID), // -> [14, 14, 6]
        conv2d(16, 5).padding(Padding.VALID).activation(tanh()).name("c3"), // -> [10, 10, 16]
        averagePool(2).padding(Padding.VALID), // -> [5, 5, 16]
        flatten(), // -> [400]
        dense(120).activation(tanh()).name("c5"),
        dense(84).activation(tanh()).name("f6"),
        dense(classes).name(HEAD));
  }

  /**
   * Describes ResNet-18: {@code [height, width, channels] -> [classes]}. With 3 channels and 1,000
   * classes, it has 11,689,512 trainable parameters.
   *
   * <p>Source: He et al., "Deep residual learning for image recognition", 2016, with the padding of
   * the authors' implementation. It is not in {@code keras.applications}; its layers are named like
   * those of {@link #resNet50}.
   *
   * @param input at least 32x32; 224x224x3 in the paper
   * @param classes at least 1
   */
  public static Network resNet18(Shape input, int classes) {
    checkImage(input, 32);
    checkClasses(classes);
    return ResNet.resNet18(input, classes);
  }

  /**
   * Describes ResNet-50 as {@code keras.applications.ResNet50} does: {@code [height, width,
   * channels] -> [classes]}. With 3 channels and 1,000 classes, it has 25,583,592 trainable
   * parameters. They include biases of the convolutions, which the paper does not have.
   *
   * <p>Keras' ImageNet weights expect the channels in the order blue, green, red, minus 103.939,
   * 116.779 and 123.68, without a division.
   *
   * <p>Source: He et al., "Deep residual learning for image recognition", 2016.
   *
   * @param input at least 32x32; 224x224x3 in the paper
   * @param classes at least 1
   */
  public static Network resNet50(Shape input, int classes) {
    checkImage(input, 32);
    checkClasses(classes);
    return ResNet.resNet50(input, classes);
  }

  /**
   * Describes MobileNetV2 with its usual width, as {@link #mobileNetV2(Shape, int, double)} does.
   */
  public static Network mobileNetV2(Shape input, int classes) {
    return mobileNetV2(input, classes, 1);
  }

  /**
   * Describes MobileNetV2 as {@code keras.applications.MobileNetV2} does: {@code [height, width,
   * channels] -> [classes]}. With 3 channels, 1,000 classes and width 1, it has 3,504,872 trainable
   * parameters.
   *
   * <p>Keras' ImageNet weights expect values from -1 to 1; there are some for widths of 0.35, 0.5,
   * 0.75, 1, 1.3 and 1.4.
   *
   * <p>Source: Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", 2018.
   *
   * @param input at least 32x32; 224x224x3 in the paper
   * @param classes at least 1
   * @param width factor of the number of channels, above 0 and at most 10, called {@code alpha} in
   *     Keras
   */
  public static Network mobileNetV2(Shape input, int classes, double width) {
    checkImage(input, 32);
    checkClasses(classes);
    Require.positive("width", width);
    Require.between("width", width, 0, 10);
    return MobileNetV2.of(input, classes, width);
  }

  /**
   * Describes EfficientNet-Lite0, EfficientNetB0 without squeeze-and-excitation and with ReLU6:
   * {@code [height, width, channels] -> [classes]}. With 3 channels and 1,000 classes, it has
   * 4,652,008 trainable parameters.
   *
   * <p>Source: Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural
   * networks", 2019, and the authors' <a
   * href="https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite">Lite
   * variants</a>. It is not in {@code keras.applications}; its layers are named like those of
   * {@code keras.applications.EfficientNetB0}.
   *
   * @param input at least 32x32; 224x224x3 in the original
   * @param classes at least 1
   */
  public static Network efficientNetLite0(Shape input, int classes) {
    checkImage(input, 32);
    checkClasses(classes);
    return EfficientNetLite0.of(input, classes);
  }

  /** Describes a U-Net of the paper's size, as {@link #uNet(Shape, int, int, int)} does. */
  public static Network uNet(Shape input, int classes) {
    return uNet(input, classes, 4, 64);
  }

  /**
   * Describes a U-Net, for the class of each pixel: {@code [height, width, channels] -> [height,
   * width, classes]}. The encoder halves height and width several times, and each time has twice
   * the filters; the decoder goes the same way back, and takes the encoder's outputs at each size.
   *
   * <p>Source: Ronneberger et al., "U-Net: convolutional networks for biomedical image
   * segmentation", 2015. There, convolutions are not padded, and the output is smaller than the
   * input; here both have the same size. The paper's network has a depth of 4, 64 filters and no
   * batch normalization; a quarter of the filters is enough for many small data sets.
   *
   * @param input height and width must be multiples of {@code 2^depth}
   * @param classes at least 1
   * @param depth how many times height and width are halved, from 1 to 8
   * @param filters number of filters at full size, from 1 to 1,024
   */
  public static Network uNet(Shape input, int classes, int depth, int filters) {
    Require.between("depth", depth, 1, 8);
    Require.between("filters", filters, 1, 1024);
    int factor = 1 << depth;
    checkImage(input, factor);
    checkClasses(classes);
    if (input.get(0) % factor != 0 || input.get(1) % factor != 0) {
      throw new IllegalArgumentException(
          "input must have a height and a width that are multiples of %d, for a depth of %d: %s"
              .formatted(factor, depth, input));
    }
    return UNet.of(input, classes, depth, filters);
  }

  private static void checkImage(Shape input, int smallest) {
    if (input.numDimensions() != 3) {
      throw new IllegalArgumentException(
          "input must have the form [height, width, channels]: " + input);
    }
    if (input.get(0) < smallest || input.get(1) < smallest) {
      throw new IllegalArgumentException(
          "input must be at least %dx%d pixels: %s".formatted(smallest, smallest, input));
    }
  }

  private static void checkClasses(int classes) {
    Require.atLeast("classes", classes, 1);
  }
}
