package io.github.convnet4j.bench.play;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A network in a graph, with what a handwritten loop feeds and fetches.
 *
 * @param images {@code [batch, pixels]} or {@code [batch, height, width, channels]}
 * @param labels one-hot, {@code [batch, classes]}
 * @param keepProbability dropout's keep probability, 1 unless fed, if the network has such an input
 * @param logits {@code [batch, classes]}
 * @param cost the batch's mean cross-entropy, a scalar
 * @param step one step of training
 */
public record RawGraph(
    Operand<TFloat32> images,
    Operand<TFloat32> labels,
    Optional<Operand<TFloat32>> keepProbability,
    Operand<TFloat32> logits,
    Operand<TFloat32> cost,
    Op step) {}
