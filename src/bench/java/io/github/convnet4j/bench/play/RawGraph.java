package io.github.convnet4j.bench.play;

import io.github.convnet4j.data.Batch;
import io.github.convnet4j.examples.LectureNets;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network in a graph, with what a handwritten loop feeds and fetches.
 *
 * @param images {@code [batch, pixels]} or {@code [batch, height, width, channels]}
 * @param labels one-hot, {@code [batch, classes]}
 * @param keepProbability dropout's keep probability, 1 unless fed, if the network has such an input
 * @param stepNumber the number of steps done before, if the network has such an input
 * @param logits {@code [batch, classes]}, for inference
 * @param cost the batch's mean cross-entropy, a scalar
 * @param step one step of training
 */
public record RawGraph(
    Operand<TFloat32> images,
    Operand<TFloat32> labels,
    Optional<Operand<TFloat32>> keepProbability,
    Optional<Operand<TInt64>> stepNumber,
    Operand<TFloat32> logits,
    Operand<TFloat32> cost,
    Op step) {

  /** Feeds a batch, trains on it, and returns its cost, as a handwritten loop does. */
  public float train(Session session, Batch batch, long number) {
    try (TFloat32 imageTensor = tensor(images, batch.size(), batch.images());
        TFloat32 labelTensor = tensor(labels, batch.size(), batch.labels());
        TFloat32 keep = TFloat32.scalarOf(LectureNets.keepProbability());
        TInt64 at = TInt64.scalarOf(number)) {
      Session.Runner runner = session.runner().feed(images, imageTensor).feed(labels, labelTensor);
      keepProbability.ifPresent(operand -> runner.feed(operand, keep));
      stepNumber.ifPresent(operand -> runner.feed(operand, at));
      try (Result result = runner.fetch(cost).addTarget(step).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** Returns a tensor of rows for a placeholder; the caller closes it. */
  static TFloat32 tensor(Operand<TFloat32> like, int rows, float[] values) {
    return TFloat32.tensorOf(like.shape().tail().prepend(rows), DataBuffers.of(values));
  }
}
