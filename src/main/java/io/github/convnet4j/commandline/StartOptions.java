package io.github.convnet4j.commandline;

import io.github.convnet4j.train.Normalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code train} that take over what another network has learned. */
final class StartOptions {
  /** In place of a layer, for a network all of which is trained. */
  private static final String NONE = "none";

  @Option(
      names = "--start-from",
      paramLabel = "MODEL",
      description =
          "a trained network, whose layers up to its features are taken over with their weights; a"
              + " new last layer follows. It is a folder that train --out wrote, or a file of Keras"
              + " (.keras, .h5). Size and colors of pictures are those that it takes")
  private Path model;

  @Option(
      names = "--features",
      paramLabel = "LAYER",
      description =
          "the last layer that is taken over; summary MODEL lists all (default: the last one that"
              + " makes a vector of pixels, by global pooling or flattening)")
  private String features;

  @Option(
      names = "--freeze-until",
      paramLabel = "LAYER|none",
      description =
          "the last layer whose weights stay as they are, with all layers before it (default: all"
              + " that are taken over)")
  private String frozen;

  @Option(
      names = "--pixels",
      paramLabel = "BLACK:WHITE|torch",
      converter = PixelText.class,
      description =
          "the values of black and white that the network of a Keras file takes; see predict"
              + " --pixels")
  private Normalization pixels;

  /** Whether a network was given. */
  boolean areGiven() {
    return model != null;
  }

  /**
   * Reads the network.
   *
   * @return empty if none was given
   * @throws UsageException if it cannot be used, or an option is given that needs it
   */
  Optional<StartingNetwork> read(DataOptions data, PictureOptions pictures, Output output) {
    if (model == null) {
      refuseAlone();
      return Optional.empty();
    }
    StartingNetwork whole = whole(data, pictures, output);
    StartingNetwork base =
        features == null
            ? whole.upToFeatures()
            : UsageException.naming("--features", () -> whole.upTo(features));
    return Optional.of(frozen(base.trained()));
  }

  private StartingNetwork frozen(StartingNetwork base) {
    if (frozen == null) {
      return base.frozen();
    }
    return frozen.equals(NONE)
        ? base
        : UsageException.naming("--freeze-until", () -> base.frozenUpTo(frozen));
  }

  private void refuseAlone() {
    List<String> given = new ArrayList<>();
    if (features != null) {
      given.add("--features");
    }
    if (frozen != null) {
      given.add("--freeze-until");
    }
    if (pixels != null) {
      given.add("--pixels");
    }
    if (!given.isEmpty()) {
      throw new UsageException(
          String.join(", ", given) + ": give a trained network, too, with --start-from MODEL");
    }
  }

  private StartingNetwork whole(DataOptions data, PictureOptions pictures, Output output) {
    if (KerasModelFile.is(model)) {
      return KerasModelFile.read(model, pictures).start(Optional.ofNullable(pixels), pictures);
    }
    if (pixels != null) {
      throw new UsageException(
          "--pixels: the saved model %s says this itself: leave out the option".formatted(model));
    }
    return ModelPath.start(model, data, pictures, output);
  }
}
