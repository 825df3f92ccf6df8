package io.github.convnet4j.examples;

import io.github.convnet4j.initializer.OpSeed;
import io.github.convnet4j.layer.Layer;
import io.github.convnet4j.layer.LayerContext;
import io.github.convnet4j.layer.Mode;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The lecture's dropout as a layer of our own: the library's draws from stateless random
 * operations, so that a training can be resumed; this one draws as Python's does, so that the
 * builder's network learns what the hand-written one learns, step for step.
 *
 * @param keepProbability the share of values kept in training
 */
record LectureDropout(float keepProbability) implements Layer {
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
    // A placeholder as in the notebook: TensorFlow would turn a division by a constant into a
    // multiplication, whose last bits differ.
    Operand<TFloat32> keepProb =
        tf.placeholderWithDefault(tf.constant(keepProbability), Shape.scalar());
    OpSeed seed = context.nextOpSeed();
    return LectureOps.dropout(tf, input, keepProb, seed.graphSeed(), seed.opSeed());
  }
}
