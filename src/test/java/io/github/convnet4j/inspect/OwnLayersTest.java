package io.github.convnet4j.inspect;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.train.FitOptions.epochs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.initializer.Initializers;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Custom layers can be inspected like built-in ones. */
class OwnLayersTest {
  /** The input times the square of a weight. */
  private record TimesSquare() implements Layer {
    @Override
    public String kind() {
      return "times_square";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(Parameter.trainable("factor", Shape.scalar(), Initializers.constant(3)));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context.tf().math.mul(input, context.tf().math.square(context.weight("factor")));
    }
  }

  /** The input to the power of a variable that is passed on as a reference. */
  private record PowerOfAReference() implements Layer {
    @Override
    public String kind() {
      return "power";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(Parameter.trainable("exponent", Shape.scalar(), Initializers.constant(2)));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      Ops tf = context.tf();
      Operand<TFloat32> exponent = tf.refIdentity(context.variable("exponent"));
      return tf.math.add(tf.math.pow(input, exponent), tf.math.square(exponent));
    }
  }

  /** Applies an inner layer twice with the same weights. */
  private record Twice(Layer inner) implements Layer {
    @Override
    public String kind() {
      return "twice";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return inner.parameters(input).stream().map(p -> p.within("inner")).toList();
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      Operand<TFloat32> once = context.apply("inner", inner, context.inputShape(), input);
      return context.apply("inner", inner, context.inputShape(), once);
    }
  }

  /** Returns the index of each pixel's largest channel, which has no derivative. */
  private record Winner() implements Layer {
    @Override
    public String kind() {
      return "winner";
    }

    @Override
    public Shape outputShape(Shape input) {
      return Shape.of(input.get(0), input.get(1));
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      return context
          .tf()
          .dtypes
          .cast(context.tf().math.argMax(input, context.tf().constant(3)), TFloat32.class);
    }
  }

  @Test
  void computesSaliencyThroughCustomLayers() {
    Network network =
        Network.of(
            Shape.of(1, 2, 1),
            new Twice(new TimesSquare()),
            flatten(),
            dense(2).kernelInitializer(Given.values(5, 0, 7, 0)));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(model)) {
      // 3 squared, twice: 81 times the dense layer's weights.
      assertArrayEquals(
          new float[] {405, 567}, inspection.saliency(new float[] {1, 1}, 0).gradient());
      List<LayerOutput> outputs = inspection.layerOutputs(new float[] {1, 2});
      assertEquals(
          List.of("twice/inner", "twice/inner", "flatten", "dense"),
          outputs.stream().map(LayerOutput::layer).toList());
      assertArrayEquals(new float[] {9, 18}, outputs.get(0).values());
      assertArrayEquals(new float[] {81, 162}, outputs.get(1).values());
    }
  }

  @Test
  void usesTheLastApplicationOfAConvolutionAppliedTwice() {
    Network network =
        Network.of(
            Shape.of(2, 2, 1),
            new Twice(conv2d(1, 1).withoutBias().kernelInitializer(Given.values(3))),
            relu(),
            flatten(),
            dense(2).kernelInitializer(Given.values(1, 0, 1, 0, 1, 0, 1, 0)));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      // The map is 9 x, and the gradient of the logit with respect to it is 1 everywhere.
      assertArrayEquals(
          new float[] {0, 9, 18, 27}, GradCam.of(model, new float[] {0, 1, 2, 3}, 0).map());
    }
  }

  /** TensorFlow would crash the JVM. */
  @Test
  void refusesAReferenceInsteadOfAValueInTrainingAndInInspection() {
    Network network = Network.of(Shape.of(1, 2, 1), new PowerOfAReference(), flatten(), dense(2));
    DataSet images = DataSet.of(new byte[2], new int[1], Shape.of(1, 2, 1), 2);
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1))) {
      Prediction before = model.predict(new float[] {1, 2});
      for (int i = 0; i < 2; i++) {
        String training =
            assertThrows(IllegalArgumentException.class, () -> model.fit(images, epochs(1)))
                .getMessage();
        assertTrue(training.contains("/power/") && training.contains("tf.identity"), training);
      }
      assertArrayEquals(before.probabilities(), model.predict(new float[] {1, 2}).probabilities());
    }
    try (Model<Prediction> frozen =
            Model.of(network.freeze("power", "dense"), Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(frozen)) {
      String saliency =
          assertThrows(
                  IllegalArgumentException.class, () -> inspection.saliency(new float[] {1, 2}, 0))
              .getMessage();
      assertTrue(saliency.contains("/power/") && saliency.contains("tf.identity"), saliency);
    }
  }

  @Test
  void refusesALayerWithoutADerivative() {
    Network network =
        Network.of(Shape.of(3, 3, 1), conv2d(2, 3), new Winner(), flatten(), dense(2))
            .freeze("conv2d");
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), adam(0.1));
        Inspection inspection = Inspection.of(model)) {
      IllegalArgumentException saliency =
          assertThrows(IllegalArgumentException.class, () -> inspection.saliency(new float[9], 0));
      assertTrue(
          saliency.getMessage().contains("with respect to the image"), saliency.getMessage());
      IllegalArgumentException cam =
          assertThrows(IllegalArgumentException.class, () -> inspection.gradCam(new float[9], 0));
      assertTrue(cam.getMessage().contains("the output of conv2d"), cam.getMessage());
      // Everything else still works.
      assertEquals(4, inspection.layerOutputs(new float[9]).size());
    }
  }
}
