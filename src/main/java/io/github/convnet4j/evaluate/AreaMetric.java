package io.github.convnet4j.evaluate;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * The area under a curve, averaged over classes or labels.
 *
 * @param curve which curve
 * @param severalLabels whether an example may have any number of labels, instead of one class
 */
record AreaMetric(Curve curve, boolean severalLabels) implements Metric {
  @Override
  public String name() {
    return severalLabels ? "label_" + curve.metric() : curve.metric();
  }

  @Override
  public Tally tally(Shape prediction, Shape target) {
    return severalLabels ? ofLabels(prediction, target) : ofClasses(prediction, target);
  }

  private Tally ofClasses(Shape prediction, Shape target) {
    if (prediction.numDimensions() != 1) {
      throw BatchLayout.unsuitable(
          name(),
          "probabilities of classes, [classes] for an output and its target",
          prediction,
          target);
    }
    ClassLayout layout = ClassLayout.of(name(), prediction, target);
    int classes = layout.classes();
    // The two probabilities of an example say the same: as usual, class 1 is the positive one.
    int first = classes == 2 ? 1 : 0;
    return new AreaTally(
        name(),
        curve,
        classes,
        first,
        (examples, predictions, targets) -> {
          int[] labels = layout.labels(examples, predictions, targets);
          BitSet positive = new BitSet(predictions.length);
          for (int i = 0; i < examples; i++) {
            positive.set(i * classes + labels[i]);
          }
          return positive;
        });
  }

  private Tally ofLabels(Shape prediction, Shape target) {
    BatchLayout layout = LabelMetric.layout(name(), prediction, target);
    int labels = Math.toIntExact(target.size());
    return new AreaTally(
        name(),
        curve,
        labels,
        0,
        (examples, predictions, targets) -> {
          layout.check(examples, predictions, targets);
          LabelCounts.checkTargets(targets, labels);
          BitSet positive = new BitSet(targets.length);
          IntStream.range(0, targets.length).filter(i -> targets[i] == 1).forEach(positive::set);
          return positive;
        });
  }

  @Override
  public String toString() {
    return name();
  }
}
