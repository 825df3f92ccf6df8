package io.github.convnet4j.bench.peer;

import io.github.convnet4j.bench.contestant.Conversation;
import io.github.convnet4j.bench.contestant.Work;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j: a MultiLayerNetwork, with fit called for each batch. Arguments: NET FOLDER. */
public final class Contestant {
  private static final int SEED = 777;
  private static final double LEARNING_RATE = 0.001;
  private static final double KEPT = 0.7;
  private static final int EVALUATED_AT_ONCE = 500;

  private final Work work;
  private final MultiLayerNetwork network;

  private Contestant(Work work, MultiLayerNetwork network) {
    this.work = work;
    this.network = network;
  }

  public static void main(String[] args) {
    Work work = Work.read(Path.of(args[1]));
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .updater(new Adam(LEARNING_RATE))
            .convolutionMode(ConvolutionMode.Same)
            .list();
    if (args[0].equals("ex11_9")) {
      conv(layers, 32, true);
      conv(layers, 64, true);
      conv(layers, 128, true);
      layers
          .layer(
              new DenseLayer.Builder()
                  .nOut(625)
                  .activation(Activation.RELU)
                  .weightInit(WeightInit.XAVIER_UNIFORM)
                  .build())
          .layer(new DropoutLayer(KEPT));
    } else {
      conv(layers, 32, false);
      conv(layers, 64, false);
    }
    layers
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(work.classes())
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .build())
        .setInputType(InputType.convolutional(work.train().height(), work.train().width(), 1));
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    // Biases as in the lecture; the configuration only supports constants.
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (name.endsWith("_b")) {
                values.assign(Nd4j.randn(values.shape()));
              }
            });
    new Contestant(work, network)
        .play("Deeplearning4j 1.0.0-M2.1, " + Nd4j.getBackend().getClass().getSimpleName());
  }

  private static void conv(
      NeuralNetConfiguration.ListBuilder layers, int filters, boolean dropout) {
    layers
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .nOut(filters)
                .hasBias(false)
                .activation(Activation.RELU)
                .weightInit(new NormalDistribution(0, 0.01))
                .build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build());
    if (dropout) {
      layers.layer(new DropoutLayer(KEPT));
    }
  }

  private void play(String engine) {
    Conversation talk =
        Conversation.open(
            engine,
            new Conversation.Trained() {
              @Override
              public int evaluate() {
                int size = work.test().size();
                return IntStream.iterate(0, from -> from < size, from -> from + EVALUATED_AT_ONCE)
                    .map(from -> correct(from, Math.min(from + EVALUATED_AT_ONCE, size)))
                    .sum();
              }

              @Override
              public boolean predict(int image) {
                return correct(image, image + 1) == 1;
              }
            });
    for (int step = 0; talk.nextStep(); step++) {
      int[] batch = work.batch(step);
      INDArray labels =
          Nd4j.createFromArray(work.oneHot(batch)).reshape(batch.length, work.classes());
      network.fit(images(work.train(), batch), labels);
      talk.stepDone(network.score());
    }
  }

  private int correct(int from, int to) {
    int[] indices = IntStream.range(from, to).toArray();
    int[] predicted = network.output(images(work.test(), indices)).argMax(1).toIntVector();
    return (int)
        IntStream.range(from, to)
            .filter(i -> predicted[i - from] == work.test().labels()[i])
            .count();
  }

  private static INDArray images(Work.Part part, int[] indices) {
    return Nd4j.createFromArray(part.floats(indices))
        .reshape(indices.length, 1, part.height(), part.width());
  }
}
