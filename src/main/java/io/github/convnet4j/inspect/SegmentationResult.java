package io.github.convnet4j.inspect;

import io.github.convnet4j.evaluate.ConfusionMatrix;
import io.github.convnet4j.evaluate.Scores;
import io.github.convnet4j.task.SegmentedImage;
import io.github.convnet4j.train.Model;
import java.util.Comparator;
import java.util.List;

/**
 * A model's predictions for the pixels of images, from a single evaluation. Immutable.
 *
 * <p>It keeps the masks of the worst images only.
 */
public final class SegmentationResult {
  private static final Comparator<Masks> WORST_FIRST =
      Comparator.comparingDouble(Masks::iou).thenComparingInt(Masks::index);

  private final Sample sample;
  private final Scores scores;
  private final List<Masks> worst;

  private SegmentationResult(Model<SegmentedImage> model, Sample sample, int pictures) {
    Worst<Masks> found = new Worst<>(pictures, WORST_FIRST);
    this.sample = sample;
    this.scores =
        model.evaluate(
            sample.examples(),
            (at, prediction, targets) -> {
              Masks masks = Masks.of(sample.index(at), targets.get(0), prediction);
              if (!Double.isNaN(masks.iou())) {
                found.add(masks);
              }
            });
    this.worst = found.sorted();
  }

  /**
   * The true and the predicted class of each pixel of an image, {@code [height, width]}. Immutable.
   */
  public static final class Masks {
    /** Stands for the class of a pixel without a label. */
    public static final int NO_LABEL = -1;

    private final int index;
    private final int[] labels;
    private final SegmentedImage prediction;
    private final double iou;

    private Masks(int index, int[] labels, SegmentedImage prediction, double iou) {
      this.index = index;
      this.labels = labels;
      this.prediction = prediction;
      this.iou = iou;
    }

    private static Masks of(int index, float[] target, SegmentedImage prediction) {
      int classes = prediction.classNames().size();
      int[] predicted = prediction.classes();
      int[] labels = new int[target.length];
      long[] both = new long[classes];
      long[] either = new long[classes];
      for (int i = 0; i < labels.length; i++) {
        boolean isLabeled = target[i] >= 0 && target[i] < classes;
        labels[i] = isLabeled ? (int) target[i] : NO_LABEL;
        if (isLabeled && labels[i] == predicted[i]) {
          both[labels[i]]++;
          either[labels[i]]++;
        } else if (isLabeled) {
          either[labels[i]]++;
          either[predicted[i]]++;
        }
      }
      return new Masks(index, labels, prediction, meanIou(both, either));
    }

    private static double meanIou(long[] both, long[] either) {
      double sum = 0;
      int present = 0;
      for (int c = 0; c < either.length; c++) {
        if (either[c] > 0) {
          sum += (double) both[c] / either[c];
          present++;
        }
      }
      return sum / present;
    }

    /** Returns the image's index in its source. */
    public int index() {
      return index;
    }

    /** Returns a copy of the true class numbers, row by row; {@link #NO_LABEL} for some pixels. */
    public int[] labels() {
      return labels.clone();
    }

    /** Returns the predicted classes. */
    public SegmentedImage prediction() {
      return prediction;
    }

    /**
     * Returns the mean intersection over union of the classes that are in either mask, not counting
     * pixels without a label.
     */
    public double iou() {
      return iou;
    }
  }

  /**
   * Evaluates a model on the examples of a sample.
   *
   * @param pictures the number of worst images whose masks are kept, at least 0
   */
  public static SegmentationResult of(Model<SegmentedImage> model, Sample sample, int pictures) {
    return new SegmentationResult(model, sample, pictures);
  }

  /** Returns the examples that the model was evaluated on. */
  public Sample sample() {
    return sample;
  }

  /** Returns the loss and the metrics. */
  public Scores scores() {
    return scores;
  }

  /** Returns how often the pixels of each class were predicted as each class. */
  public ConfusionMatrix confusionMatrix() {
    return scores.confusionMatrix().orElseThrow();
  }

  /** Returns the images with the lowest IoU, the worst first; ties in the order of the images. */
  public List<Masks> worst() {
    return worst;
  }
}
