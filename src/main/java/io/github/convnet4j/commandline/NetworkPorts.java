package io.github.convnet4j.commandline;

import io.github.convnet4j.model.Network;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Checks the inputs and outputs of networks. */
final class NetworkPorts {
  private static final int GREY = 1;
  private static final int RGB = 3;

  private NetworkPorts() {}

  /**
   * Checks that a network has one input, of pictures, and one output.
   *
   * @param where the file or folder of the network, for messages
   * @throws UsageException if it does not
   */
  static void check(String where, Network network) {
    Set<String> inputs = network.inputs().keySet();
    Set<String> outputs = network.outputs().keySet();
    if (inputs.size() > 1 || outputs.size() > 1) {
      throw new UsageException(
          "%s has the inputs %s and the outputs %s, but this command is for networks with one of each: use the library's Model"
              .formatted(where, inputs, outputs));
    }
    Shape input = network.input();
    if (input.numDimensions() != 3 || (input.get(2) != GREY && input.get(2) != RGB)) {
      throw new UsageException(
          "%s takes %s, but this command is for pictures, [height, width, 1 or 3]: use the library's Model"
              .formatted(where, input));
    }
  }
}
