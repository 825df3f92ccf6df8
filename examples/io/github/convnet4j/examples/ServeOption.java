package io.github.convnet4j.examples;

import static io.github.convnet4j.optimizer.Optimizers.adam;
import static io.github.convnet4j.task.Tasks.classification;

import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.serve.ModelServer;
import io.github.convnet4j.serve.ServerOptions;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option to serve the network over HTTP once it is trained. */
final class ServeOption {
  private static final String NAME = "lecture";

  @Option(
      names = "--serve",
      description =
          "then serve the trained network, to this machine only: open the address that is printed"
              + " in a browser, and draw a digit; Ctrl-C ends it")
  private boolean wanted;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port for --serve; 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  /**
   * Checks the port, so that no training is lost because of it.
   *
   * @throws UsageException if it cannot be used
   */
  void check() {
    if (!wanted) {
      return;
    }
    if (port < 0 || port > 65535) {
      throw new UsageException("--port must be from 0 to 65535: " + port);
    }
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new UsageException(
          "--port must be free, or 0 for any that is: %d (%s)".formatted(port, e.getMessage()));
    }
  }

  /**
   * Serves a trained network until the process is stopped, if that is wanted.
   *
   * @param network the network that was trained, described with the model builder
   */
  void serve(Console console, Network network, TrainingResult result) {
    if (wanted) {
      try (ModelServer server = start(network, result, port)) {
        console.print("Draw a digit at", server.address());
        server.awaitEnd();
      }
    }
  }

  /** Starts a server for a trained network; the caller closes it. */
  static ModelServer start(Network network, TrainingResult result, int port) {
    Weights.Builder weights = Weights.builder();
    List<Parameter> parameters = network.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      weights.add(parameter.name(), parameter.shape(), result.weights().get(i));
    }
    Model<Prediction> model = Model.of(network, classification(), adam(0.001));
    model.loadWeights(weights.build()).requireAllBut();
    // The model is there already, so nothing is read from the path.
    return ModelServer.start(
        ServerOptions.of(NAME, Path.of(NAME)).loader(path -> model).port(port));
  }
}
