package io.github.convnet4j.commandline;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.data.Source;
import io.github.convnet4j.files.ExampleParts;
import io.github.convnet4j.files.IdxFolder;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The images for a trained model, which determines their size and their classes. */
final class ModelData {
  private static final int IDX_CLASSES = 256;

  /** A part of the images. */
  enum Part {
    TEST,
    VALIDATION,
    TRAIN,
    ALL;

    /** As typed. */
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
          "which part of the images to use: test is what train held out; all is for a folder that"
              + " train did not see (default: ${DEFAULT-VALUE})")
  private Part part = Part.TEST;

  @ArgGroup(validate = false, heading = PictureOptions.FOR_A_MODEL)
  private PictureOptions options = new PictureOptions();

  /** Returns the options that say how pictures are prepared. */
  PictureOptions pictureOptions() {
    return options;
  }

  /**
   * Reads the examples, and prints a message that describes them.
   *
   * @param task the model's
   */
  Source read(Output output, Model<?> model, KnownTask task) {
    data.checkStorage();
    data.checkGroups();
    data.groupLike(model);
    if (task.kind() == TaskKind.CLASSIFICATION) {
      return readClasses(output, model);
    }
    if (!task.kind().hasTable()) {
      data.refuseTargets(task.kind());
    }
    options.refuseUnlessPictures(data);
    ExampleParts parts =
        data.parts(
            task,
            data.file().isPresent() ? options.rangeFor(model) : options.formatFor(model, output),
            output);
    TaskOptions.print(parts, output.messages());
    Source examples =
        switch (part) {
          case TEST -> parts.test();
          case VALIDATION -> parts.validation();
          case TRAIN -> parts.train();
          case ALL -> parts.all();
        };
    output.messages().printf("Part: %s, %d images%n", part, examples.size());
    return examples;
  }

  /** Reads images with one class each. */
  private DataSet readClasses(Output output, Model<?> model) {
    data.refuseTargets(TaskKind.CLASSIFICATION);
    Optional<Path> pictures = data.pictures();
    options.refuseUnlessPictures(data);
    PictureFormat format =
        pictures.isPresent() ? options.formatFor(model, output) : options.rangeFor(model);
    if (pictures.isPresent() && part == Part.ALL) {
      ImageFolder.Pictures all =
          data.imageFolder(pictures.get(), format, output).readAll(model.classNames());
      output
          .messages()
          .printf("Data: all %d pictures in %s%n", all.images().size(), pictures.get());
      all.notes().forEach(output.messages()::println);
      return all.images();
    }
    if (part == Part.ALL && data.file().isPresent()) {
      DataSet all = data.readAll(data.file().get(), output, format, model.classNames());
      check(model, all);
      return all;
    }
    DataSets sets = dataSets(output, format, model);
    DataSet images =
        switch (part) {
          case TEST -> sets.test();
          case VALIDATION -> sets.validation();
          case TRAIN -> sets.train();
          case ALL -> sets.all();
        };
    if (pictures.isPresent()) {
      checkNames(model, sets);
    }
    check(model, images);
    output.messages().printf("Part: %s, %d images%n", part, images.size());
    return images;
  }

  /** Images in arrays get the model's classes, since their labels may not include them all. */
  private DataSets dataSets(Output output, PictureFormat format, Model<?> model) {
    Optional<Path> idx = data.idxFolder();
    int classes = model.classNames().size();
    if (data.file().isPresent()) {
      return data.read(output, format, model.classNames());
    }
    if (idx.isEmpty() || classes > IDX_CLASSES) {
      return data.read(output, format);
    }
    DataSets sets = IdxFolder.read(idx.get(), classes);
    new DataMessages(output.messages()).read(sets);
    return sets;
  }

  private static void check(Model<?> model, DataSet images) {
    Shape shape = Shape.of(images.height(), images.width(), images.channels());
    if (!shape.equals(model.network().input())) {
      throw new UsageException(
          "--data: the images are %s but the model takes %s: give images like those it was trained on"
              .formatted(shape, model.network().input()));
    }
    if (images.classes() != model.classNames().size()) {
      throw new UsageException(
          "--data: the images have %d classes but the model has %d: give images like those it was trained on"
              .formatted(images.classes(), model.classNames().size()));
    }
  }

  private static void checkNames(Model<?> model, DataSets sets) {
    if (sets.classNames().equals(model.classNames())) {
      return;
    }
    if (KnownTask.areNumbers(model.classNames())) {
      throw new UsageException(
          "--data: the class folders are %s, but the %d classes of the model have no names: give them, in the order of its outputs, with --classes FILE"
              .formatted(String.join(", ", sets.classNames()), model.classNames().size()));
    }
    throw new UsageException(
        "--data: the class folders are %s but the model's classes are %s; --part all accepts some of them"
            .formatted(
                String.join(", ", sets.classNames()), String.join(", ", model.classNames())));
  }
}
