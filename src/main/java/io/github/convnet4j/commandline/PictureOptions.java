package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.train.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say how pictures are prepared for the network. */
final class PictureOptions {
  /** The heading of these options in commands for a trained model. */
  static final String FOR_A_MODEL =
      "%nPictures (the model records how they are prepared, and an option that differs is refused;"
          + " for models trained on other images, and for files of Keras):%n";

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      converter = PictureSize.class,
      description =
          "bring pictures to N x N pixels, or to this height and width; without this option all"
              + " must have the same size")
  private PictureFormat.Size size;

  @Option(
      names = "--fit",
      paramLabel = "stretch|crop|pad|center",
      description = {
        "how pictures of other proportions are brought to the size:",
        "  - stretch: scaled to it, which may distort them",
        "  - crop: the largest part with its proportions is cut from the center, and scaled",
        "  - pad: padded on two sides to its proportions, and scaled",
        "  - center: the part of this size is cut from the center, without scaling",
        "default: stretch"
      })
  private PictureFormat.Fit fit;

  @Option(
      names = {"--pad-colour", "--pad-color"},
      paramLabel = "COLOUR",
      converter = PadColour.class,
      description =
          "the colour that --fit pad and center add, as the network sees it, after --invert: black,"
              + " white, a shade of grey such as 128, or red, green and blue such as 255,128,0"
              + " (default: black)")
  private PictureFormat.Rgb padding;

  @Option(
      names = "--interpolation",
      paramLabel = "NAME",
      description =
          "how pictures are scaled: nearest, bilinear, bicubic, lanczos3 or area (default:"
              + " bilinear)")
  private PictureFormat.Interpolation interpolation;

  @Option(
      names = "--no-antialias",
      description =
          "do not smooth pictures that become smaller, like Keras' image_dataset_from_directory")
  private boolean sharp;

  @Option(
      names = {"--colour", "--color"},
      paramLabel = "auto|grey|rgb",
      description = "auto is grey if all pictures are grey, otherwise rgb (default: auto)")
  private PictureFormat.Colour colour;

  @Option(
      names = "--invert",
      description =
          "invert pictures, black for white: scans are dark on white, but MNIST's digits are white"
              + " on black")
  private boolean invert;

  @Option(
      names = "--range",
      paramLabel = "BLACK:WHITE",
      converter = ValueRange.class,
      description =
          "the values that become black and white in files of more than 8 bits, such as 0:4095"
              + " (default: the full range of the file's type, and the window that a DICOM file"
              + " recommends), and in NPZ, NPY and CSV files (default: 0:1, 0:16 or 0:255,"
              + " whichever fits; others must be given)")
  private PictureFormat.Range range;

  /**
   * An option that was typed.
   *
   * @param text as typed
   * @param change what it does to a format
   */
  private record Given(String text, UnaryOperator<PictureFormat> change) {
    boolean agreesWith(PictureFormat format) {
      return change.apply(format).equals(format);
    }
  }

  private List<Given> given() {
    List<Given> given = new ArrayList<>();
    if (size != null) {
      given.add(new Given("--size " + size, f -> f.size(size.height(), size.width())));
    }
    if (fit != null) {
      given.add(new Given("--fit " + lower(fit), f -> f.fit(fit)));
    }
    if (padding != null) {
      given.add(new Given("--pad-colour " + PadColour.text(padding), f -> f.padding(padding)));
    }
    if (interpolation != null) {
      given.add(
          new Given(
              "--interpolation " + lower(interpolation), f -> f.interpolation(interpolation)));
    }
    if (sharp) {
      given.add(new Given("--no-antialias", f -> f.antialias(false)));
    }
    if (colour != null && colour != PictureFormat.Colour.AUTO) {
      given.add(new Given("--colour " + lower(colour), f -> f.colour(colour)));
    }
    if (invert) {
      given.add(new Given("--invert", f -> f.inverted(true)));
    }
    if (range != null) {
      given.add(
          new Given(
              "--range %s:%s".formatted(range.black(), range.white()),
              f -> f.range(range.black(), range.white())));
    }
    return given;
  }

  /** Returns the size that was given. */
  Optional<PictureFormat.Size> size() {
    return Optional.ofNullable(size);
  }

  /** Whether pictures are to be gray. */
  boolean isGrey() {
    return colour == PictureFormat.Colour.GREY;
  }

  /** Whether any of these options was given. */
  boolean isGiven() {
    return !given().isEmpty();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static PictureFormat apply(List<Given> given, PictureFormat format) {
    PictureFormat result = format;
    for (Given option : given) {
      result = option.change().apply(result);
    }
    return result;
  }

  /**
   * Returns the format for data to train on, which may not be pictures.
   *
   * @throws UsageException if the data are not pictures, but an option was given; or if an option
   *     needs another one
   */
  PictureFormat formatFor(DataOptions data) {
    refuseUnlessPictures(data);
    if (fit != null && size == null) {
      throw new UsageException("--fit needs --size, to which pictures are brought");
    }
    boolean pads = fit == PictureFormat.Fit.PAD || fit == PictureFormat.Fit.CENTER;
    if (padding != null && !pads) {
      throw new UsageException("--pad-colour needs --fit pad or --fit center");
    }
    return apply(given(), PictureFormat.asTheyAre());
  }

  /** Refuses the options that were given if the data are not pictures. Arrays may have a range. */
  void refuseUnlessPictures(DataOptions data) {
    List<Given> refused = new ArrayList<>(data.mayBePictures() ? List.of() : given());
    if (range != null && data.file().isPresent()) {
      refused.remove(refused.size() - 1); // The range is the last.
    }
    if (!refused.isEmpty()) {
      throw new UsageException(
          "%s: options for pictures need a folder of pictures (--data FOLDER); IDX files and the bundled digits are used as they are"
              .formatted(refused.stream().map(Given::text).collect(Collectors.joining(", "))));
    }
  }

  /**
   * Returns the format of a trained model, with the range of arrays that were given, if the model
   * does not record one.
   *
   * @throws UsageException if it records another range
   */
  PictureFormat rangeFor(Model<?> model) {
    PictureFormat own = model.pictureFormat();
    if (range == null) {
      return own;
    }
    if (own.range().isPresent() && !own.range().get().equals(range)) {
      throw new UsageException(
          "--range %s:%s: the model was trained with another range, %s:%s: leave out the option, or train with it"
              .formatted(
                  range.black(),
                  range.white(),
                  own.range().get().black(),
                  own.range().get().white()));
    }
    return own.range(range.black(), range.white());
  }

  /**
   * Returns the format in which a trained model takes pictures: the one it was trained on, if it is
   * recorded, and otherwise what the options say, which the model then records.
   *
   * @throws UsageException if an option differs from what the model records, or from the size and
   *     the colors that its network takes
   */
  PictureFormat formatFor(Model<?> model, Output output) {
    List<Given> given = given();
    PictureFormat own = model.pictureFormat();
    boolean recorded = model.options().pictures().isPresent();
    PictureFormat needed = recorded ? own : ofNetwork(own);
    for (Given option : given) {
      if (!option.agreesWith(needed)) {
        throw new UsageException(
            "%s: the model was trained on pictures in another format, %s: leave out the option, or train with it"
                .formatted(option.text(), PictureText.of(own)));
      }
    }
    if (!recorded && given.isEmpty()) {
      output
          .messages()
          .println(
              "The model does not record how its pictures were prepared (it was trained on other"
                  + " images, or saved by an older version): they are stretched to the size, and"
                  + " not inverted, unless you give --fit or --invert");
    } else if (!recorded) {
      model.recordPictureFormat(needed);
    }
    return needed;
  }

  /**
   * Returns the format in which a network takes pictures that was not trained here.
   *
   * @param file the network's, for messages
   * @param taken has the size and the colors of its input
   * @throws UsageException if an option contradicts these
   */
  PictureFormat formatFor(Path file, PictureFormat taken) {
    PictureFormat needed = ofNetwork(taken);
    for (Given option : given()) {
      if (!option.agreesWith(needed)) {
        throw new UsageException(
            "%s: the network of %s takes pictures of %s: leave out the option"
                .formatted(option.text(), file, PictureText.sizeAndColors(taken)));
      }
    }
    return needed;
  }

  /** Returns what the options say, with the size and the colors of a network's input. */
  private PictureFormat ofNetwork(PictureFormat taken) {
    PictureFormat.Size own = taken.size().orElseThrow();
    return apply(given(), taken).size(own.height(), own.width()).colour(taken.colour());
  }
}
