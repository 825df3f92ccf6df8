package io.github.convnet4j.examples;

import io.github.convnet4j.optimizer.TrainingStep;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network of the lecture in its graph: what is fed and what is fetched.
 *
 * @param x images, flat, {@code [batch, pixels]}
 * @param y one-hot labels, {@code [batch, classes]}
 * @param keepProbability of dropout, 1 unless fed; empty when the network has no dropout
 * @param logits {@code [batch, classes]}
 * @param cost the batch's mean cross-entropy, a scalar
 * @param train one step of Adam
 */
record LectureNet(
    Placeholder<TFloat32> x,
    Placeholder<TFloat32> y,
    Optional<Operand<TFloat32>> keepProbability,
    Operand<TFloat32> logits,
    Operand<TFloat32> cost,
    TrainingStep train) {}
