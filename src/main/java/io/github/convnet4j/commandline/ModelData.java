package io.github.convnet4j.commandline;

import io.github.convnet4j.classifier.Classifier;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.ImageFolder;
import io.github.convnet4j.data.PictureFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Images for a model that is trained already: its network says their size, it their classes. */
final class ModelData {
  private static final int IDX_CLASSES = 256;

  /** Which of the images. */
  enum Part {
    TEST,
    VALIDATION,
    TRAIN,
    ALL;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private DataOptions data;

  @Option(
      names = "--part",
      paramLabel = "test|validation|train|all",
      description =
          "which of the images: those that train did not see, say, or all, if it saw none of this"
              + " folder (default: ${DEFAULT-VALUE})")
  private Part part = Part.TEST;

  @Option(
      names = "--invert",
      description =
          "make black of white in pictures, if that was done in training; only for models that do"
              + " not say so themselves")
  private boolean invert;

  /**
   * What pictures are made for a model: what it was trained on, if it says so.
   *
   * @param invert whether {@code --invert} was given
   * @throws UsageException if it was, and the model was trained without it
   */
  static PictureFormat format(Output output, Classifier classifier, boolean invert) {
    Optional<PictureFormat> own = classifier.options().pictures();
    if (own.isEmpty() && !invert) {
      output
          .messages()
          .println(
              "The model does not say whether pictures must be inverted (it was trained on other"
                  + " images, or saved by an older version): they are not; --invert does so");
    }
    if (own.isPresent() && invert && !own.get().inverted()) {
      throw new UsageException(
          "--invert: the model was trained on pictures that were not inverted: leave it out, or"
              + " train with --invert");
    }
    return own.isPresent()
        ? classifier.pictureFormat()
        : classifier.pictureFormat().inverted(invert);
  }

  /** Reads the images, and says on the messages which they are. */
  DataSet read(Output output, Classifier classifier) {
    Optional<Path> pictures = data.classFolders();
    if (invert && pictures.isEmpty()) {
      throw new UsageException("--invert is for class folders of pictures (--data FOLDER)");
    }
    PictureFormat format =
        pictures.isPresent() ? format(output, classifier, invert) : classifier.pictureFormat();
    if (pictures.isPresent() && part == Part.ALL) {
      ImageFolder.Pictures all =
          data.imageFolder(pictures.get(), format).readAll(classifier.classNames());
      output
          .messages()
          .printf("Data: all %d pictures in %s%n", all.images().size(), pictures.get());
      all.notes().forEach(output.messages()::println);
      return all.images();
    }
    DataSets sets = dataSets(output, format, classifier);
    DataSet images =
        switch (part) {
          case TEST -> sets.test();
          case VALIDATION -> sets.validation();
          case TRAIN -> sets.train();
          case ALL -> sets.all();
        };
    if (pictures.isPresent()) {
      checkNames(classifier, sets);
    }
    check(classifier, images);
    output.messages().printf("Part: %s, %d images%n", part, images.size());
    return images;
  }

  /** Of IDX files as many classes as the model has: their labels may not have all of them. */
  private DataSets dataSets(Output output, PictureFormat format, Classifier classifier) {
    Optional<Path> idx = data.idxFolder();
    int classes = classifier.classNames().size();
    if (idx.isEmpty() || classes > IDX_CLASSES) {
      return data.read(output, format);
    }
    DataSets sets = DataSets.read(idx.get(), classes);
    new DataMessages(output.messages()).read(sets);
    return sets;
  }

  private static void check(Classifier classifier, DataSet images) {
    Shape shape = Shape.of(images.height(), images.width(), images.channels());
    if (!shape.equals(classifier.network().input())) {
      throw new UsageException(
          "--data: the images are %s but the model takes %s: give those it was trained on"
              .formatted(shape, classifier.network().input()));
    }
    if (images.classes() != classifier.classNames().size()) {
      throw new UsageException(
          "--data: the images are of %d classes but the model knows %d: give those it was trained on"
              .formatted(images.classes(), classifier.classNames().size()));
    }
  }

  private static void checkNames(Classifier classifier, DataSets sets) {
    if (!sets.classNames().equals(classifier.classNames())) {
      throw new UsageException(
          "--data: the class folders are %s but the model knows %s; with --part all, some of them"
                  .formatted(
                      String.join(", ", sets.classNames()),
                      String.join(", ", classifier.classNames()))
              + " will do");
    }
  }
}
