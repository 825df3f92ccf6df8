package io.github.convnet4j.layer;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/** An input of a network; see {@link Nodes#input}. */
public final class Input extends Node {
  private final String name;

  Input(String name, Shape shape) {
    this(name, shape, 0);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("input: name must not be empty");
    }
    Check.name(name, "input");
    boolean known = !shape.isUnknown() && shape.numDimensions() > 0;
    for (int i = 0; known && i < shape.numDimensions(); i++) {
      known = shape.get(i) > 0;
    }
    if (!known) {
      throw new IllegalArgumentException(
          "%s must be the shape of one example without the batch, with sizes of at least 1: %s"
              .formatted(name.equals("input") ? name : "input " + name, shape));
    }
  }

  private Input(String name, Shape shape, int nesting) {
    super(shape, nesting);
    this.name = name;
  }

  /** Returns the input of a composite layer with this number of layers around its inner ones. */
  static Input within(Shape shape, int nesting) {
    return new Input("input", shape, nesting);
  }

  /** Returns its name, unique in the network. */
  public String name() {
    return name;
  }

  @Override
  public Node named(String newName) {
    throw new IllegalArgumentException(
        "named: an input has its name already, %s: %s".formatted(name, newName));
  }

  @Override
  List<Node> inputs() {
    return List.of();
  }

  /** Returns the name and the shape. */
  @Override
  public String toString() {
    return name + " " + shape();
  }
}
