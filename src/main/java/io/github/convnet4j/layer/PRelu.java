package io.github.convnet4j.layer;

import static java.util.Objects.requireNonNull;

import io.github.convnet4j.initializer.Initializer;
import io.github.convnet4j.initializer.Initializers;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The parametric rectifier: x if positive, otherwise {@code alpha * x}, where {@code alpha} is
 * trained. Takes any shape and keeps it. The parameter {@code alpha} has the shape of one example,
 * with size 1 along the shared axes. Source: He et al., "Delving deep into rectifiers", 2015.
 *
 * @param sharedAxes dimensions along which all values have the same alpha; counted from 1, as in
 *     Keras, where 0 is the batch
 * @param alphaInitializer initial values of alpha
 * @param name empty to derive one from the kind
 */
public record PRelu(List<Integer> sharedAxes, Initializer alphaInitializer, String name)
    implements Layer {
  private static final String KIND = "prelu";

  /** Checks the settings, and keeps a copy of the list. */
  public PRelu {
    sharedAxes = List.copyOf(sharedAxes);
    SharedAxes.check(KIND, sharedAxes);
    requireNonNull(alphaInitializer, "alphaInitializer");
    Check.name(name, KIND);
  }

  static PRelu of() {
    return new PRelu(List.of(), Initializers.zeros(), "");
  }

  /**
   * Returns a copy that shares alpha along these dimensions: {@code sharedAxes(1, 2)} has one alpha
   * for each channel of an image.
   */
  public PRelu sharedAxes(int... axes) {
    return new PRelu(IntStream.of(axes).boxed().toList(), alphaInitializer, name);
  }

  /** Returns a copy with these initial values of alpha. */
  public PRelu alphaInitializer(Initializer initializer) {
    return new PRelu(sharedAxes, initializer, name);
  }

  /** Returns a copy with this name. */
  public PRelu name(String newName) {
    return new PRelu(sharedAxes, alphaInitializer, newName);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Shape outputShape(Shape input) {
    SharedAxes.checkWithin(sharedAxes, input);
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape shape = SharedAxes.shape(sharedAxes, input);
    return List.of(Parameter.trainable("alpha", shape, alphaInitializer));
  }

  @Override
  public Operand<TFloat32> apply(LayerContext context, Operand<TFloat32> input) {
    Ops tf = context.tf();
    Operand<TFloat32> negative = tf.nn.relu(tf.math.neg(input));
    return tf.math.sub(tf.nn.relu(input), tf.math.mul(context.weight("alpha"), negative));
  }
}
