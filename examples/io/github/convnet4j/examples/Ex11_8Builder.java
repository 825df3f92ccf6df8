package io.github.convnet4j.examples;

import static io.github.convnet4j.initializer.Initializers.normal;
import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.model.Network;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The network of {@link Ex11_8} in the model builder: the same numbers from a dozen lines. */
@Command(name = "Ex11_8Builder", description = "Ex11_8 with the model builder: the same numbers")
public final class Ex11_8Builder extends Example {
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private TrainingOptions training = new TrainingOptions(Ex11_8.LECTURE);

  public static void main(String[] args) {
    new Ex11_8Builder().launch(args);
  }

  @Override
  Runnable prepare(Console console) {
    TrainingSettings settings = training.settings();
    DataSets mnist = data.readGrey(console, settings);
    return () -> run(console, mnist, settings);
  }

  /**
   * The network. Initial values: N(0, 0.01) in filters, Xavier in the dense layer, N(0, 1) in its
   * bias.
   */
  static Network network(DataSet images) {
    return Network.of(
        Shape.of(images.height(), images.width(), images.channels()),
        conv2d(32, 3).withoutBias().kernelInitializer(normal(0.01)),
        relu(),
        maxPool(2),
        conv2d(64, 3).withoutBias().kernelInitializer(normal(0.01)),
        relu(),
        maxPool(2),
        flatten(),
        dense(images.classes()).biasInitializer(normal(1)));
  }

  /** Trains and tests the network, and prints what {@link Ex11_8} prints. */
  public static TrainingResult run(Console console, DataSets mnist, TrainingSettings settings) {
    return BuilderTraining.run(console, network(mnist.train()), mnist, settings, "ex11_8_builder");
  }
}
