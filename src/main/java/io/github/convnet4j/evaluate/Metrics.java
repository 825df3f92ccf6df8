package io.github.convnet4j.evaluate;

import io.github.convnet4j.evaluate.ErrorMetric.Formula;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built-in metrics. Each has a name, under which its value is reported; {@link #named} finds it
 * by that name.
 *
 * <p>The metrics for classes suit a classification, where they count examples, and a segmentation,
 * where they count labelled pixels. The predicted class is the one with the largest probability,
 * the first if several are equal. Values agree with those of scikit-learn, with {@code
 * zero_division=0}.
 *
 * <p>All values are NaN before an example was added. Adding the same examples in the same order in
 * other batches gives exactly the same value. In another order, counts and areas stay exactly the
 * same, while a mean of errors may differ by a rounding error. A prediction that is NaN makes a
 * mean of errors, the log loss and an area NaN. In the other metrics it does not count as large,
 * and a label whose probability is NaN is wrong.
 */
public final class Metrics {
  private static final Map<String, Metric> BUILT_IN = new LinkedHashMap<>();

  static {
    Stream.of(
            accuracy(),
            balancedAccuracy(),
            precision(),
            recall(),
            f1(),
            f1Micro(),
            precisionWeighted(),
            f1Weighted(),
            cohenKappa(),
            matthews(),
            rocAuc(),
            prAuc(),
            logLoss(),
            meanIou(),
            dice(),
            labelAccuracy(),
            exactMatch(),
            labelPrecision(),
            labelRecall(),
            labelF1(),
            labelPrecisionMicro(),
            labelRecallMicro(),
            labelF1Micro(),
            labelF1Weighted(),
            labelRocAuc(),
            labelPrAuc(),
            meanAbsoluteError(),
            meanSquaredError(),
            rootMeanSquaredError(),
            r2(),
            psnr())
        .forEach(metric -> BUILT_IN.put(metric.name(), metric));
  }

  private static final String NUMBER = "(0|[1-9]\\d{0,8})";
  private static final Pattern TOP = Pattern.compile("top_" + NUMBER + "_accuracy");
  private static final Pattern OF_CLASS =
      Pattern.compile("(precision|recall|f1|dice|iou)_" + NUMBER);

  private Metrics() {}

  /**
   * Returns a built-in metric by its name.
   *
   * @param name one of {@link #names()}, or a name with a number such as {@code top_5_accuracy} or
   *     {@code f1_2}, the F1 of class 2
   * @throws IllegalArgumentException if there is no such metric; the message lists the names
   */
  public static Metric named(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "metric must be one of %s, or with a number, such as top_5_accuracy, precision_2, recall_2, f1_2, dice_2 and iou_2 of class 2: \"%s\""
            .formatted(String.join(", ", BUILT_IN.keySet()), name));
  }

  /** Returns the built-in metric that {@link #named} returns, if there is one. */
  public static Optional<Metric> find(String name) {
    Metric metric = BUILT_IN.get(name);
    if (metric != null) {
      return Optional.of(metric);
    }
    Matcher top = TOP.matcher(name);
    if (top.matches()) {
      return Optional.of(topKAccuracy(Integer.parseInt(top.group(1))));
    }
    Matcher ofClass = OF_CLASS.matcher(name);
    if (ofClass.matches()) {
      int classNumber = Integer.parseInt(ofClass.group(2));
      return Optional.of(
          switch (ofClass.group(1)) {
            case "precision" -> precisionOfClass(classNumber);
            case "recall" -> recallOfClass(classNumber);
            case "f1" -> f1OfClass(classNumber);
            case "dice" -> diceOfClass(classNumber);
            default -> iouOfClass(classNumber);
          });
    }
    return Optional.empty();
  }

  /** Returns the names of the built-in metrics, without those that have a number. */
  public static List<String> names() {
    return List.copyOf(BUILT_IN.keySet());
  }

  /**
   * Returns {@code accuracy}: the share of correctly classified examples, or of correctly
   * classified pixels.
   */
  public static Metric accuracy() {
    return new ClassMetric("accuracy", ClassFormula.ACCURACY);
  }

  /**
   * Returns {@code balanced_accuracy}: the mean recall of the classes that have examples, so that
   * rare classes count as much as frequent ones.
   */
  public static Metric balancedAccuracy() {
    return new ClassMetric("balanced_accuracy", ClassFormula.BALANCED_ACCURACY);
  }

  /**
   * Returns {@code top_5_accuracy} for {@code k} = 5: the share of examples whose class is among
   * the {@code k} most likely. If two classes are equally likely, the later one counts as more
   * likely, as in scikit-learn.
   *
   * @param k from 1 to the number of classes
   */
  public static Metric topKAccuracy(int k) {
    return new TopKAccuracy(k);
  }

  /**
   * Returns {@code precision}: the share of the examples predicted as a class that belong to it,
   * averaged over the classes with equal weights (macro average). As in scikit-learn, a class that
   * no example belongs to and none was predicted as is left out of the average. {@link
   * ClassificationReport#macro()} counts it as 0.
   */
  public static Metric precision() {
    return new ClassMetric("precision", ClassFormula.PRECISION);
  }

  /**
   * Returns {@code recall}: the share of the examples of a class that were predicted as it,
   * averaged as described for {@link #precision()}.
   */
  public static Metric recall() {
    return new ClassMetric("recall", ClassFormula.RECALL);
  }

  /**
   * Returns {@code f1}: the harmonic mean of a class's precision and recall, averaged as described
   * for {@link #precision()}.
   */
  public static Metric f1() {
    return new ClassMetric("f1", ClassFormula.F1);
  }

  /**
   * Returns {@code f1_micro}: F1 computed from the counts of all classes together. As an example
   * has one class and one is predicted, this is the same number as {@link #accuracy()}.
   */
  public static Metric f1Micro() {
    return new ClassMetric("f1_micro", ClassFormula.ACCURACY);
  }

  /**
   * Returns {@code precision_weighted}: the precision of each class, averaged with the number of
   * its examples as weight. The recall averaged in this way is the {@link #accuracy()}.
   */
  public static Metric precisionWeighted() {
    return new ClassMetric("precision_weighted", ClassFormula.PRECISION_WEIGHTED);
  }

  /**
   * Returns {@code f1_weighted}: the F1 of each class, averaged with the number of its examples as
   * weight, so that frequent classes weigh more.
   */
  public static Metric f1Weighted() {
    return new ClassMetric("f1_weighted", ClassFormula.F1_WEIGHTED);
  }

  /**
   * Returns {@code precision_2} for class 2: the precision of a single class; 0 if no example was
   * predicted as it.
   *
   * @param classNumber from 0
   */
  public static Metric precisionOfClass(int classNumber) {
    return new OneClassMetric(Ratio.PRECISION, classNumber);
  }

  /**
   * Returns {@code recall_2} for class 2: the recall of a single class; 0 if no example belongs to
   * it.
   *
   * @param classNumber from 0
   */
  public static Metric recallOfClass(int classNumber) {
    return new OneClassMetric(Ratio.RECALL, classNumber);
  }

  /**
   * Returns {@code f1_2} for class 2: the F1 of a single class; 0 if no example belongs to it or
   * was predicted as it. For two classes, {@code f1OfClass(1)} is what is usually called their F1.
   *
   * @param classNumber from 0
   */
  public static Metric f1OfClass(int classNumber) {
    return new OneClassMetric(Ratio.F1, classNumber);
  }

  /**
   * Returns {@code dice_2} for class 2: the Dice coefficient of a single class, the same number as
   * {@link #f1OfClass}.
   *
   * @param classNumber from 0
   */
  public static Metric diceOfClass(int classNumber) {
    return new OneClassMetric(Ratio.DICE, classNumber);
  }

  /**
   * Returns {@code iou_2} for class 2: the intersection over union of a single class, see {@link
   * #meanIou()}; 0 if no pixel belongs to it or was predicted as it.
   *
   * @param classNumber from 0
   */
  public static Metric iouOfClass(int classNumber) {
    return new OneClassMetric(Ratio.IOU, classNumber);
  }

  /**
   * Returns {@code cohen_kappa}: the agreement of labels and predictions beyond what is expected by
   * chance, 1 at best and 0 for guessing. NaN if all labels and predictions are of one class.
   *
   * <p>J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
   * Measurement 20(1), 1960.
   */
  public static Metric cohenKappa() {
    return new ClassMetric("cohen_kappa", ClassFormula.COHEN_KAPPA);
  }

  /**
   * Returns {@code matthews}: the Matthews correlation coefficient of labels and predictions, 1 at
   * best and 0 for guessing. It is 0 if all labels or all predictions are of one class.
   *
   * <p>J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient",
   * Computational Biology and Chemistry 28, 2004.
   */
  public static Metric matthews() {
    return new ClassMetric("matthews", ClassFormula.MATTHEWS);
  }

  /**
   * Returns {@code roc_auc}: the area under the ROC curve of each class against the rest, averaged
   * with equal weights; see {@link RocAuc}. For two classes, it is the area of class 1. NaN if no
   * example belongs to a class, or every example does.
   *
   * <p>Only for a classification. It keeps 4 bytes for each example and class, and sorts them each
   * time its value is asked for.
   */
  public static Metric rocAuc() {
    return new AreaMetric(Curve.ROC, false);
  }

  /**
   * Returns {@code pr_auc}: the area under the precision-recall curve of each class against the
   * rest, averaged with equal weights. For two classes, it is the area of class 1. It is computed
   * as the average precision, without interpolation, as scikit-learn's {@code
   * average_precision_score}. A class without examples counts as 0. For rare classes it says more
   * than {@link #rocAuc()}, like which it keeps all probabilities, and is only for a
   * classification.
   */
  public static Metric prAuc() {
    return new AreaMetric(Curve.PRECISION_RECALL, false);
  }

  /**
   * Returns {@code log_loss}: the mean of -log p, where p is the probability of an example's own
   * class, but at least 2<sup>-52</sup>. Lower is better.
   */
  public static Metric logLoss() {
    return new LogLoss();
  }

  /**
   * Returns {@code mean_iou}: the number of pixels of a class that were predicted as it, divided by
   * the number of those that belong to it or were predicted as it (intersection over union, also
   * called Jaccard index), averaged over the classes. A class that no pixel belongs to and none was
   * predicted as is left out of the average. Pixels are counted over all images together.
   */
  public static Metric meanIou() {
    return new ClassMetric("mean_iou", ClassFormula.IOU);
  }

  /**
   * Returns {@code dice}: twice the number of pixels of a class that were predicted as it, divided
   * by the sum of the number of those that belong to it and the number of those that were predicted
   * as it, averaged as for {@link #meanIou()}. This is the same number as {@link #f1()}.
   */
  public static Metric dice() {
    return new ClassMetric("dice", ClassFormula.F1);
  }

  /**
   * Returns {@code label_accuracy}, for examples with any number of labels: the share of correctly
   * predicted labels. In this and all other metrics named {@code label_}, except {@link
   * #labelRocAuc()} and {@link #labelPrAuc()}, a label is predicted if its probability is at least
   * one half.
   */
  public static Metric labelAccuracy() {
    return new LabelMetric("label_accuracy", LabelMetric.Formula.ACCURACY);
  }

  /**
   * Returns {@code exact_match}, for examples with any number of labels: the share of examples
   * whose labels were all correctly predicted.
   */
  public static Metric exactMatch() {
    return new LabelMetric("exact_match", LabelMetric.Formula.EXACT_MATCH);
  }

  /**
   * Returns {@code label_precision}, for examples with any number of labels: the share of the
   * examples predicted to have a label that do, averaged over the labels with equal weights (macro
   * average). A label that is never predicted counts as 0.
   */
  public static Metric labelPrecision() {
    return new LabelMetric("label_precision", LabelMetric.Formula.PRECISION);
  }

  /**
   * Returns {@code label_recall}, for examples with any number of labels: the share of the examples
   * with a label that were predicted to have it, averaged over the labels with equal weights (macro
   * average). A label that no example has counts as 0.
   */
  public static Metric labelRecall() {
    return new LabelMetric("label_recall", LabelMetric.Formula.RECALL);
  }

  /**
   * Returns {@code label_f1}, for examples with any number of labels: the harmonic mean of a
   * label's precision and recall, averaged over the labels with equal weights (macro average). A
   * label that no example has and that is never predicted counts as 0, as in scikit-learn.
   */
  public static Metric labelF1() {
    return new LabelMetric("label_f1", LabelMetric.Formula.F1);
  }

  /**
   * Returns {@code label_precision_micro}, for examples with any number of labels: the precision
   * computed from the counts of all labels together.
   */
  public static Metric labelPrecisionMicro() {
    return new LabelMetric("label_precision_micro", LabelMetric.Formula.MICRO_PRECISION);
  }

  /**
   * Returns {@code label_recall_micro}, for examples with any number of labels: the recall computed
   * from the counts of all labels together.
   */
  public static Metric labelRecallMicro() {
    return new LabelMetric("label_recall_micro", LabelMetric.Formula.MICRO_RECALL);
  }

  /**
   * Returns {@code label_f1_micro}, for examples with any number of labels: F1 computed from the
   * counts of all labels together, so that frequent labels weigh more.
   */
  public static Metric labelF1Micro() {
    return new LabelMetric("label_f1_micro", LabelMetric.Formula.MICRO_F1);
  }

  /**
   * Returns {@code label_f1_weighted}, for examples with any number of labels: the F1 of each
   * label, averaged with the number of examples that have it as weight; 0 if no example has any.
   */
  public static Metric labelF1Weighted() {
    return new LabelMetric("label_f1_weighted", LabelMetric.Formula.WEIGHTED_F1);
  }

  /**
   * Returns {@code label_roc_auc}, for examples with any number of labels: the area under the ROC
   * curve of each label, averaged with equal weights. NaN if no example has a label, or every
   * example does. It keeps all probabilities, like {@link #rocAuc()}.
   */
  public static Metric labelRocAuc() {
    return new AreaMetric(Curve.ROC, true);
  }

  /**
   * Returns {@code label_pr_auc}, for examples with any number of labels: the area under the
   * precision-recall curve of each label, averaged with equal weights; see {@link #prAuc()}.
   */
  public static Metric labelPrAuc() {
    return new AreaMetric(Curve.PRECISION_RECALL, true);
  }

  /**
   * Returns {@code mean_absolute_error}: the mean of |prediction - target| over all examples and
   * all numbers (or pixels). Lower is better.
   */
  public static Metric meanAbsoluteError() {
    return new ErrorMetric(Formula.MEAN_ABSOLUTE_ERROR);
  }

  /**
   * Returns {@code mean_squared_error}: the mean of (prediction - target)² over all examples and
   * all numbers (or pixels). Lower is better.
   */
  public static Metric meanSquaredError() {
    return new ErrorMetric(Formula.MEAN_SQUARED_ERROR);
  }

  /**
   * Returns {@code root_mean_squared_error}: the square root of {@link #meanSquaredError()}, as in
   * Keras. With several numbers per example, scikit-learn takes the root for each of them, and then
   * the mean. Lower is better.
   */
  public static Metric rootMeanSquaredError() {
    return new ErrorMetric(Formula.ROOT_MEAN_SQUARED_ERROR);
  }

  /**
   * Returns {@code r2}: the coefficient of determination, 1 - (sum of squared errors) / (sum of
   * squared distances of the target from its mean), averaged over the numbers of an example with
   * equal weights. It is 1 at best and 0 for always predicting the mean. NaN if a target is the
   * same in all examples.
   */
  public static Metric r2() {
    return new R2();
  }

  /**
   * Returns {@code psnr}, for images with values from 0 to 1: the peak signal-to-noise ratio, -10
   * log<sub>10</sub>(mean squared error of an image) in decibels, averaged over the images.
   * Infinite if an image is reproduced exactly.
   */
  public static Metric psnr() {
    return new Psnr();
  }
}
