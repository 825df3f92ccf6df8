package io.github.convnet4j.train;

import io.github.convnet4j.data.ExampleBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Feeds batches to a session and fetches results. Every tensor is closed before a call returns.
 *
 * @param session the session
 * @param inputs fed with the inputs of a batch
 * @param targets fed with the targets of a batch
 * @param results what is fetched in inference
 * @param switches other placeholders, which have one value in training and one in inference
 * @param weights fed with 1 for each example whose loss is computed in inference
 * @param reading held while the session runs in inference
 */
record SessionCalls(
    Session session,
    Fed inputs,
    Fed targets,
    Results results,
    List<Switch> switches,
    Optional<Operand<TFloat32>> weights,
    Lock reading) {

  /**
   * Placeholders for batches.
   *
   * @param placeholders {@code [batch, …]} each
   * @param shapes the shapes of one example
   */
  record Fed(List<Operand<TFloat32>> placeholders, List<Shape> shapes) {
    Fed {
      placeholders = List.copyOf(placeholders);
      shapes = List.copyOf(shapes);
    }
  }

  /**
   * What is fetched in inference.
   *
   * @param predictions for each output, {@code [batch, …]}
   * @param shapes shapes of the predictions of one example
   * @param losses for each output {@code [batch]}, or a scalar, the mean of the batch
   * @param weights by which the losses are multiplied
   */
  record Results(
      List<Operand<TFloat32>> predictions,
      List<Shape> shapes,
      List<Operand<TFloat32>> losses,
      List<Double> weights) {
    Results {
      predictions = List.copyOf(predictions);
      shapes = List.copyOf(shapes);
      losses = List.copyOf(losses);
      weights = List.copyOf(weights);
    }
  }

  /** A placeholder, a scalar, with its values. */
  record Switch(Operand<TFloat32> placeholder, double training, double inference) {}

  /**
   * What runs in a training step.
   *
   * @param cost a scalar
   * @param predictions for each output, {@code [batch, …]}
   * @param operations run for their effects
   * @param learningRate a scalar, which is fed
   * @param globalStep a scalar, which is fed with the number of steps done before
   * @param weights of the examples, {@code [batch]}: one for each output, or one for all, or none
   */
  record Step(
      Operand<TFloat32> cost,
      List<Operand<TFloat32>> predictions,
      List<Op> operations,
      Operand<TFloat32> learningRate,
      Optional<Operand<TInt64>> globalStep,
      List<Operand<TFloat32>> weights) {
    Step {
      weights = List.copyOf(weights);
      predictions = List.copyOf(predictions);
      operations = List.copyOf(operations);
    }
  }

  /** A call, with the tensors that are fed to it. */
  private static final class Call implements AutoCloseable {
    final Session.Runner runner;
    private final List<Tensor> tensors = new ArrayList<>();

    Call(Session session) {
      runner = session.runner();
    }

    void feed(Fed fed, int batch, List<float[]> values) {
      for (int i = 0; i < values.size(); i++) {
        feed(
            fed.placeholders().get(i),
            Tensors.of(fed.shapes().get(i).prepend(batch), values.get(i)));
      }
    }

    void feed(Operand<?> placeholder, Tensor tensor) {
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }

  /** Does a training step; see {@link Engine#train}. */
  Engine.Stepped train(
      Step step, TrainingBatch batch, long number, double learningRate, boolean withPredictions) {
    try (Call call = new Call(session)) {
      call.feed(inputs, batch.size(), batch.examples().inputs());
      call.feed(targets, batch.size(), batch.examples().targets());
      for (int i = 0; i < step.weights().size(); i++) {
        call.feed(
            step.weights().get(i),
            batch.weights().isEmpty()
                ? ones(batch.size())
                : Tensors.of(Shape.of(batch.size()), batch.weights().get(i)));
      }
      switches.forEach(s -> call.feed(s.placeholder(), TFloat32.scalarOf((float) s.training())));
      call.feed(step.learningRate(), TFloat32.scalarOf((float) learningRate));
      step.globalStep().ifPresent(at -> call.feed(at, TInt64.scalarOf(number)));
      call.runner.fetch(step.cost());
      if (withPredictions) {
        step.predictions().forEach(call.runner::fetch);
      }
      step.operations().forEach(call.runner::addTarget);
      try (Result result = call.runner.run()) {
        return new Engine.Stepped(
            ((TFloat32) result.get(0)).getFloat(),
            withPredictions ? arrays(result, 1, step.predictions().size()) : List.of());
      }
    }
  }

  private static TFloat32 ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return Tensors.of(Shape.of(size), ones);
  }

  /** Returns the predictions for a batch; see {@link Engine#predict}. */
  List<float[]> predict(int batch, List<float[]> inputValues) {
    return reading(
        () -> {
          try (Call call = inference(batch, inputValues);
              Result result = call.runner.run()) {
            return arrays(result, 0, results.predictions().size());
          }
        });
  }

  /** Returns the values of an operand, {@code [batch, …]}, in inference. */
  float[] fetch(Operand<TFloat32> operand, ExampleBatch batch) {
    return reading(
        () -> {
          try (Call call = new Call(session)) {
            call.feed(inputs, batch.size(), batch.inputs());
            call.runner.fetch(operand);
            try (Result result = call.runner.run()) {
              return Tensors.floats(result.get(0));
            }
          }
        });
  }

  /** Returns the predictions and losses for a batch; see {@link Engine#judge}. */
  Engine.Judged judge(ExampleBatch batch) {
    return reading(
        () -> {
          try (Call call = inference(batch.size(), batch.inputs())) {
            call.feed(targets, batch.size(), batch.targets());
            weights.ifPresent(placeholder -> call.feed(placeholder, ones(batch.size())));
            results.losses().forEach(call.runner::fetch);
            try (Result result = call.runner.run()) {
              return judged(batch.size(), result);
            }
          }
        });
  }

  /** Returns a call that fetches the predictions. */
  private Call inference(int batch, List<float[]> inputValues) {
    Call call = new Call(session);
    call.feed(inputs, batch, inputValues);
    switches.forEach(s -> call.feed(s.placeholder(), TFloat32.scalarOf((float) s.inference())));
    results.predictions().forEach(call.runner::fetch);
    return call;
  }

  private Engine.Judged judged(int batch, Result result) {
    int n = results.predictions().size();
    double total = 0;
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < results.losses().size(); i++) {
      double sum = sum(batch, result.get(n + i));
      sums.add(sum);
      total += results.weights().get(i) * sum;
    }
    return new Engine.Judged(total, sums, arrays(result, 0, n));
  }

  private static double sum(int batch, Tensor losses) {
    if (losses.shape().isScalar()) {
      return (double) batch * ((TFloat32) losses).getFloat();
    }
    double sum = 0;
    for (float loss : Tensors.floats(losses)) {
      sum += loss;
    }
    return sum;
  }

  private static List<float[]> arrays(Result result, int from, int count) {
    List<float[]> arrays = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      arrays.add(Tensors.floats(result.get(i)));
    }
    return arrays;
  }

  private <T> T reading(Supplier<T> call) {
    reading.lock();
    try {
      return call.get();
    } finally {
      reading.unlock();
    }
  }

  /** Prepares a call for one example; the result must be closed. */
  PreparedRun prepare() {
    return new PreparedRun(this);
  }
}
