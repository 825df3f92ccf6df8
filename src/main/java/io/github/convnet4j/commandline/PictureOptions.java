package io.github.convnet4j.commandline;

import io.github.convnet4j.data.PictureFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What pictures are made before a network learns from them. */
final class PictureOptions {
  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      converter = PictureSize.class,
      description =
          "scale pictures to N x N pixels, or to this height and width; without it all must be of"
              + " one size")
  private PictureFormat.Size size;

  @Option(
      names = {"--colour", "--color"},
      paramLabel = "auto|grey|rgb",
      description = "auto: grey if no picture has a colour, else rgb (default: auto)")
  private PictureFormat.Colour colour = PictureFormat.Colour.AUTO;

  @Option(
      names = "--invert",
      description = "make black of white: paper is white, but MNIST's digits are white on black")
  private boolean invert;

  PictureFormat format() {
    return new PictureFormat(Optional.ofNullable(size), colour, invert);
  }

  /**
   * The format, for data that may not be pictures.
   *
   * @throws UsageException if it is not, but something was asked for that is done to pictures alone
   */
  PictureFormat formatFor(DataOptions data) {
    PictureFormat format = format();
    if (data.classFolders().isEmpty() && !format.equals(PictureFormat.asTheyAre())) {
      throw new UsageException(
          "--size, --colour and --invert are for class folders of pictures (--data FOLDER): IDX"
              + " files and the bundled digits are taken as they are");
    }
    return format;
  }
}
