package io.github.convnet4j.commandline;

import io.github.convnet4j.picture.PictureFormat;
import picocli.CommandLine.Option;

/** The options that say how pictures are prepared for the network. */
final class PictureOptions {
  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      converter = PictureSize.class,
      description =
          "scale pictures to N x N pixels, or to this height and width; without this option all"
              + " must have the same size")
  private PictureFormat.Size size;

  @Option(
      names = {"--colour", "--color"},
      paramLabel = "auto|grey|rgb",
      description = "auto is grey if all pictures are grey, otherwise rgb (default: auto)")
  private PictureFormat.Colour colour = PictureFormat.Colour.AUTO;

  @Option(
      names = "--invert",
      description =
          "invert pictures, black for white: scans are dark on white, but MNIST's digits are white"
              + " on black")
  private boolean invert;

  PictureFormat format() {
    PictureFormat format = PictureFormat.asTheyAre().colour(colour).inverted(invert);
    return size == null ? format : format.size(size.height(), size.width());
  }

  /**
   * Returns the format, for data that may not be pictures.
   *
   * @throws UsageException if the data are not pictures, but an option was given that is for
   *     pictures only
   */
  PictureFormat formatFor(DataOptions data) {
    PictureFormat format = format();
    if (!data.mayBePictures() && !format.equals(PictureFormat.asTheyAre())) {
      throw new UsageException(
          "--size, --colour and --invert are for folders of pictures (--data FOLDER): arrays, IDX"
              + " files and the bundled digits are used as they are");
    }
    return format;
  }
}
