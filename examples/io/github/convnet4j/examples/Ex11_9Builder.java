package io.github.convnet4j.examples;

import static io.github.convnet4j.initializer.Initializers.normal;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;
import static io.github.convnet4j.layer.Layers.sequence;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import io.github.convnet4j.model.Network;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The network of {@link Ex11_9} in the model builder: the same numbers from a dozen lines. */
@Command(name = "Ex11_9Builder", description = "Ex11_9 with the model builder: the same numbers")
public final class Ex11_9Builder extends Example {
  @Mixin private DataOptions data = new DataOptions();

  @Mixin
  private TrainingOptions.WithDropout training = new TrainingOptions.WithDropout(Ex11_9.LECTURE);

  public static void main(String[] args) {
    new Ex11_9Builder().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets mnist = data.readGrey(console, settings);
    return () -> run(console, mnist, settings);
  }

  /**
   * The network. Initial values: N(0, 0.01) in filters, Xavier in dense layers, N(0, 1) in biases.
   */
  static Network network(DataSet images, float keepProbability) {
    Layer dropout = new PythonsDropout(keepProbability);
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()),
        sequence(conv(32), relu(), maxPool(2), dropout),
        sequence(conv(64), relu(), maxPool(2), dropout),
        sequence(conv(128), relu(), maxPool(2), dropout),
        flatten(),
        dense(625).biasInitializer(normal(1)),
        relu(),
        dropout,
        dense(images.classes()).biasInitializer(normal(1)));
  }

  private static Layer conv(int filters) {
    return conv2d(filters, 3).withoutBias().kernelInitializer(normal(0.01));
  }

  /** Trains and tests the network, and prints what {@link Ex11_9} prints. */
  public static TrainingResult run(Console console, DataSets mnist, TrainingSettings settings) {
    Network network = network(mnist.train(), settings.keepProbability());
    return BuilderTraining.run(console, network, mnist, settings, "ex11_9_builder");
  }

  /**
   * Python's dropout as a custom layer. The library's dropout uses stateless random operations, so
   * that a run can be resumed. This one draws its masks as Python does, so that the costs equal
   * those of the handwritten network, step for step.
   *
   * @param keepProbability the share of values kept in training
   */
  record PythonsDropout(float keepProbability) implements Layer {
    @Override
    public String kind() {
      return "lecture_dropout";
    }

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
      if (context.mode() == Mode.INFERENCE) {
        return input;
      }
      Ops tf = context.tf();
      // A placeholder, as in the notebook: TensorFlow would turn a division by a constant into a
      // multiplication, whose last bits differ.
      Operand<TFloat32> keepProb =
          tf.placeholderWithDefault(tf.constant(keepProbability), Shape.scalar());
      OpSeed seed = context.nextOpSeed();
      return LectureOps.dropout(tf, input, keepProb, seed.graphSeed(), seed.opSeed());
    }
  }
}
