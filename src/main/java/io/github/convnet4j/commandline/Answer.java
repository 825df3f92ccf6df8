package io.github.convnet4j.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.convnet4j.task.LabelPrediction;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Prediction.ClassProbability;
import io.github.convnet4j.task.SegmentedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was predicted for a picture, to be printed. */
interface Answer {
  /** Returns names and numbers, for one line. */
  String text();

  /** Adds them to a JSON object. */
  void put(ObjectNode json);

  /** Joins names and numbers to a line. */
  private static String line(List<String> names, List<String> numbers) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + " " + numbers.get(i))
        .collect(Collectors.joining("  "));
  }

  /** The most likely classes. */
  record OfClasses(List<ClassProbability> mostLikely) implements Answer {
    /**
     * Returns the most likely classes.
     *
     * @param top how many, if there are that many
     */
    static OfClasses of(Prediction prediction, int top) {
      return new OfClasses(prediction.top(Math.min(top, prediction.probabilities().length)));
    }

    @Override
    public String text() {
      return line(
          mostLikely.stream().map(ClassProbability::className).toList(),
          mostLikely.stream().map(likely -> TextTable.share(likely.probability())).toList());
    }

    @Override
    public void put(ObjectNode json) {
      ArrayNode classes = json.putArray("classes");
      for (ClassProbability likely : mostLikely) {
        Json.put(
            classes.addObject().put("name", likely.className()),
            "probability",
            likely.probability());
      }
    }
  }

  /**
   * Labels and their probabilities, most likely first.
   *
   * @param has whether the picture has each of them
   */
  record OfLabels(List<String> names, List<Float> probabilities, List<Boolean> has)
      implements Answer {
    /**
     * Returns labels.
     *
     * @param top how many; empty for those that the picture has
     */
    static OfLabels of(LabelPrediction prediction, OptionalInt top) {
      List<String> predicted = prediction.labels();
      List<String> names =
          prediction.labelNames().stream()
              .sorted(Comparator.comparingDouble(name -> -prediction.probability(name)))
              .filter(name -> top.isPresent() || predicted.contains(name))
              .limit(top.orElse(predicted.size()))
              .toList();
      return new OfLabels(
          names,
          names.stream().map(prediction::probability).toList(),
          names.stream().map(predicted::contains).toList());
    }

    @Override
    public String text() {
      return names.isEmpty()
          ? "none"
          : line(names, probabilities.stream().map(TextTable::share).toList());
    }

    @Override
    public void put(ObjectNode json) {
      ArrayNode labels = json.putArray("labels");
      for (int i = 0; i < names.size(); i++) {
        ObjectNode label = labels.addObject().put("name", names.get(i));
        Json.put(label, "probability", probabilities.get(i)).put("predicted", has.get(i));
      }
    }
  }

  /** Numbers by the names of the targets. */
  record OfNumbers(List<String> names, List<Float> numbers) implements Answer {
    static OfNumbers of(List<String> names, float[] values) {
      List<Float> numbers = new ArrayList<>();
      for (float value : values) {
        numbers.add(value);
      }
      return new OfNumbers(names, numbers);
    }

    @Override
    public String text() {
      return line(names, numbers.stream().map(TextTable::number).toList());
    }

    @Override
    public void put(ObjectNode json) {
      ObjectNode targets = json.putObject("targets");
      for (int i = 0; i < names.size(); i++) {
        Json.put(targets, names.get(i), numbers.get(i));
      }
    }
  }

  /**
   * The share of each class in the pixels of a picture.
   *
   * @param mask the file with the class of each pixel; empty if none was written
   */
  record OfPixels(List<String> names, List<Double> shares, String mask) implements Answer {
    static OfPixels of(SegmentedImage image, String mask) {
      double pixels = image.height() * image.width();
      List<Double> shares =
          IntStream.range(0, image.classNames().size())
              .mapToObj(c -> image.pixels(c) / pixels)
              .toList();
      return new OfPixels(image.classNames(), shares, mask);
    }

    /** Names the classes that occur, the largest first. */
    @Override
    public String text() {
      List<Integer> order =
          IntStream.range(0, names.size())
              .boxed()
              .filter(c -> shares.get(c) > 0)
              .sorted(Comparator.comparingDouble(c -> -shares.get(c)))
              .toList();
      return line(
          order.stream().map(names::get).toList(),
          order.stream().map(c -> TextTable.share(shares.get(c))).toList());
    }

    @Override
    public void put(ObjectNode json) {
      ArrayNode classes = json.putArray("classes");
      for (int c = 0; c < names.size(); c++) {
        Json.put(classes.addObject().put("name", names.get(c)), "share", shares.get(c));
      }
      if (!mask.isEmpty()) {
        json.put("mask", mask);
      }
    }
  }
}
