package io.github.convnet4j.layer;

import static io.github.convnet4j.layer.Layers.averagePool;
import static io.github.convnet4j.layer.Layers.batchNorm;
import static io.github.convnet4j.layer.Layers.concat;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.conv2dTranspose;
import static io.github.convnet4j.layer.Layers.cropping;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.depthwiseConv2d;
import static io.github.convnet4j.layer.Layers.dropout;
import static io.github.convnet4j.layer.Layers.elu;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.gaussianNoise;
import static io.github.convnet4j.layer.Layers.gelu;
import static io.github.convnet4j.layer.Layers.globalAveragePool;
import static io.github.convnet4j.layer.Layers.globalMaxPool;
import static io.github.convnet4j.layer.Layers.groupNorm;
import static io.github.convnet4j.layer.Layers.hardSigmoid;
import static io.github.convnet4j.layer.Layers.hardSwish;
import static io.github.convnet4j.layer.Layers.layerNorm;
import static io.github.convnet4j.layer.Layers.leakyRelu;
import static io.github.convnet4j.layer.Layers.linear;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.prelu;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.relu6;
import static io.github.convnet4j.layer.Layers.rescaling;
import static io.github.convnet4j.layer.Layers.reshape;
import static io.github.convnet4j.layer.Layers.residual;
import static io.github.convnet4j.layer.Layers.separableConv2d;
import static io.github.convnet4j.layer.Layers.sequence;
import static io.github.convnet4j.layer.Layers.sigmoid;
import static io.github.convnet4j.layer.Layers.softmax;
import static io.github.convnet4j.layer.Layers.softplus;
import static io.github.convnet4j.layer.Layers.spatialDropout;
import static io.github.convnet4j.layer.Layers.swish;
import static io.github.convnet4j.layer.Layers.tanh;
import static io.github.convnet4j.layer.Layers.upsampling;
import static io.github.convnet4j.layer.Layers.zeroPadding;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.model.NetworkRun;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Compares each layer's gradients, with respect to its input and its variables, with central
 * differences.
 *
 * <p>The differences are of fourth order, over ±h and ±2h with h = 1/64. Their error is h^4 / 30,
 * or 2e-9, of the fifth derivative, plus the rounding of float32 outputs: about 1e-7 of a loss of
 * up to 30 at each of four points, times 1.5 / h, which is below 2e-3. Inputs are 1/16 apart and at
 * least 2h from 0, so that no ReLU, with a ceiling or not, and no maximum switches.
 */
class GradientTest {
  private static final float H = 1f / 64;
  private static final double TOLERANCE = 2e-3;

  static Stream<Arguments> layers() {
    Shape image = Shape.of(4, 5, 2);
    Shape vector = Shape.of(6);
    return Stream.of(
        of("conv2d", image, conv2d(3, 3)),
        of(
            "conv2d rectangular, VALID, stride 2",
            image,
            conv2d(2, 2, 3).stride(2).padding(Padding.VALID)),
        of("conv2d dilated", image, conv2d(2, 2).dilation(2)),
        of("conv2d dilated, VALID", image, conv2d(2, 2, 3).dilation(3, 2).padding(Padding.VALID)),
        of(
            "conv2d 1x1 with a stride larger than its kernel",
            image,
            conv2d(2, 1).stride(2).withoutBias()),
        of("separable conv2d", image, separableConv2d(3, 3)),
        of("separable conv2d, stride 2", image, separableConv2d(3, 2).stride(2)),
        of("conv2d in groups", Shape.of(3, 4, 4), conv2d(6, 3).groups(2)),
        of(
            "conv2d in groups, dilated, with an activation",
            Shape.of(3, 4, 4),
            conv2d(4, 2).groups(4).dilation(2).activation(tanh())),
        of("depthwise conv2d", image, depthwiseConv2d(3).depthMultiplier(2)),
        of("depthwise conv2d, stride 2", image, depthwiseConv2d(2, 3).stride(2)),
        of("transposed conv2d", image, conv2dTranspose(2, 3)),
        of(
            "transposed conv2d, VALID, stride 3",
            Shape.of(2, 3, 2),
            conv2dTranspose(2, 2, 4).stride(3).padding(Padding.VALID).activation(tanh())),
        of("upsampling", image, upsampling(2, 3)),
        of("upsampling, bilinear", image, upsampling(3, 2).bilinear()),
        of("zero padding", image, zeroPadding(1, 0).left(2)),
        of("cropping", image, cropping(1, 0).left(2)),
        of("max pool", image, maxPool(2)),
        of("max pool, overlapping", image, maxPool(3, 2).stride(1).padding(Padding.VALID)),
        of("average pool", image, averagePool(2)),
        of("average pool, overlapping, SAME", image, averagePool(3).stride(2)),
        of("global average pool", image, globalAveragePool()),
        of("global max pool", image, globalMaxPool()),
        of("batch norm of images", image, batchNorm()),
        of("batch norm of vectors", vector, batchNorm()),
        of("layer norm of images", image, layerNorm().epsilon(0.5)),
        of("layer norm of vectors", vector, layerNorm()),
        of("group norm of images", image, groupNorm(2)),
        of("group norm of vectors", vector, groupNorm(2).epsilon(0.1)),
        of("dropout", image, dropout(0.4)),
        of("spatial dropout", image, spatialDropout(0.4)),
        of("Gaussian noise", image, gaussianNoise(0.4)),
        of("rescaling", image, rescaling(0.4, 2)),
        of("reshape", image, reshape(5, -1)),
        of("flatten", image, flatten()),
        of("dense", vector, dense(4)),
        of("dense without bias", vector, dense(4).withoutBias()),
        of("relu", vector, relu()),
        of("leaky relu", image, leakyRelu(0.2)),
        of("relu with a ceiling", image, relu(1.5)),
        of("relu6", image, relu6()),
        of("prelu", image, prelu().alphaInitializer(Initializers.constant(0.25))),
        of("prelu, shared", image, prelu().sharedAxes(1, 2)),
        of("prelu of vectors", vector, prelu()),
        of("elu", vector, elu()),
        of("gelu", image, gelu()),
        of("swish", image, swish()),
        of("hard swish", image, hardSwish()),
        of("hard sigmoid", image, hardSigmoid()),
        of("softplus", image, softplus()),
        of("linear", vector, linear()),
        of("sigmoid", vector, sigmoid()),
        of("tanh", image, tanh()),
        of("softmax of vectors", vector, softmax()),
        of("softmax along channels", image, softmax()),
        of("residual", image, residual(conv2d(2, 3), tanh())),
        of("residual, projected", image, residual(conv2d(3, 3).stride(2), tanh())),
        of("residual of vectors", vector, residual(dense(3), tanh())),
        of("concat", image, concat(conv2d(2, 1), sequence(conv2d(1, 3), tanh()), sequence())),
        of("concat of vectors", vector, concat(dense(2), sequence())));
  }

  private static Arguments of(String name, Shape input, Layer layer) {
    return Arguments.of(Named.of(name, layer), input);
  }

  @ParameterizedTest(name = "{0} in training")
  @MethodSource("layers")
  void inTraining(Layer layer, Shape input) {
    check(layer, input, Mode.TRAINING);
  }

  @ParameterizedTest(name = "{0} in inference")
  @MethodSource("layers")
  void inInference(Layer layer, Shape input) {
    check(layer, input, Mode.INFERENCE);
  }

  private static void check(Layer layer, Shape input, Mode mode) {
    int batch = 3;
    float[] values = inputs(batch * (int) input.size());
    try (NetworkRun run = NetworkRun.of(input, batch, mode, layer)) {
      run.forward(values);
      List<float[]> gradients = run.gradients(values);
      float[] forInput = gradients.get(0);
      for (int i = 0; i < values.length; i++) {
        int at = i;
        float before = values[i];
        double difference =
            difference(
                shift -> {
                  values[at] = before + shift;
                  return run.loss(values);
                });
        values[i] = before;
        assertEquals(difference, forInput[i], TOLERANCE, "input " + i);
      }
      for (int v = 0; v < run.net.trainableVariables().size(); v++) {
        checkVariable(run, values, v, gradients.get(v + 1));
      }
    }
  }

  private static void checkVariable(NetworkRun run, float[] input, int index, float[] gradient) {
    Variable<TFloat32> variable = run.net.trainableVariables().get(index);
    String name = variable.op().name().substring("net/".length());
    float[] weights = run.get(name);
    assertEquals(weights.length, gradient.length, name);
    for (int i = 0; i < weights.length; i++) {
      int at = i;
      float before = weights[i];
      double difference =
          difference(
              shift -> {
                weights[at] = before + shift;
                return run.set(name, weights).loss(input);
              });
      weights[i] = before;
      run.set(name, weights);
      assertEquals(difference, gradient[i], TOLERANCE, name + " " + i);
    }
  }

  private static double difference(ToDoubleFunction<Float> loss) {
    double near = loss.applyAsDouble(H) - loss.applyAsDouble(-H);
    double far = loss.applyAsDouble(2 * H) - loss.applyAsDouble(-2 * H);
    return (8 * near - far) / (12 * H);
  }

  /** Odd multiples of 1/32 around 0, in random order. */
  private static float[] inputs(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (2 * (i - n / 2) + 1) / 32f;
    }
    Random random = new Random(5);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
    return values;
  }
}
