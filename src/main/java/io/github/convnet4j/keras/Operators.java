package io.github.convnet4j.keras;

import io.github.convnet4j.keras.LayerCall.Argument;
import io.github.convnet4j.keras.LayerCall.Scalar;
import io.github.convnet4j.layer.Computation;
import io.github.convnet4j.layer.Layers;
import io.github.convnet4j.layer.Merge;
import java.util.List;

/** Operators in a Functional model, such as {@code x + y} and {@code x / 127.5 - 1}. */
final class Operators {
  private Operators() {}

  /**
   * Returns what an operator computes from its tensors.
   *
   * @throws UnsupportedException if there is no such layer or merge
   */
  static Computation read(String operator, List<Argument> arguments) {
    boolean first = !arguments.isEmpty() && arguments.get(0) instanceof Scalar;
    boolean second = arguments.size() == 2 && arguments.get(1) instanceof Scalar;
    if (operator.equals("Negative") && arguments.size() == 1 && !first) {
      return Layers.rescaling(-1);
    }
    if (arguments.size() != 2 || (first && second)) {
      throw new UnsupportedException(
          "the operation takes %d arguments".formatted(arguments.size()));
    }
    if (!first && !second) {
      return switch (operator) {
        case "Add" -> Merge.add();
        case "Subtract" -> Merge.subtract();
        case "Multiply" -> Merge.multiply();
        case "Maximum" -> Merge.maximum();
        default -> throw new UnsupportedException("the operation on tensors");
      };
    }
    double number = ((Scalar) arguments.get(first ? 0 : 1)).value();
    return switch (operator) {
      case "Add" -> Layers.rescaling(1, number);
      case "Multiply" -> Layers.rescaling(number);
      case "Subtract" -> first ? Layers.rescaling(-1, number) : Layers.rescaling(1, -number);
      case "TrueDivide", "Divide" -> {
        if (first) {
          throw new UnsupportedException("division by a tensor");
        }
        yield Layers.rescaling(1 / number);
      }
      default -> throw new UnsupportedException("the operation with a number");
    };
  }
}
