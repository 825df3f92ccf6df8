package io.github.convnet4j.bench.play;

import static io.github.convnet4j.augment.Augmentation.none;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.examples.LectureNets;
import io.github.convnet4j.layer.Rewrite;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.train.ModelOptions;
import io.github.convnet4j.train.SessionOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.RewriterConfig;

/** A contestant's process: {@code Play CONTESTANT NET WORK-FOLDER}. */
public final class Play {
  /** A typical augmentation of digits: one interpolation, and noise for each pixel. */
  private static final Augmentation AUGMENTATION =
      Augmentation.of(shift(0.1), rotate(10), zoom(0.9, 1.1), noise(0.02));

  private Play() {}

  public static void main(String[] args) {
    Work work = Work.read(Path.of(args[2]));
    DataSet train = dataSet(work.train(), work.classes());
    DataSet test = dataSet(work.test(), work.classes());
    String net = args[1];
    String engine = "TensorFlow " + TensorFlow.version() + ", Java " + Runtime.version().feature();
    Network network = Nets.builder(net, train);
    Fit fit = new Fit(train, test, engine);
    switch (args[0]) {
      case "ops" -> new SessionLoop(work, train, test).playLiteral(net, engine);
      case "loop" -> new SessionLoop(work, train, test).playBuilder(network, engine);
      case "fit", "fit-one-thread" -> fit.play(network, none(), seeded());
      case "fit-augmented" -> fit.play(network, AUGMENTATION, seeded());
      case "fit-lecture" -> fit.play(Nets.lecture(net, train), none(), seeded());
      case "fit-literal" -> fit.play(network, none(), seeded().literalGraph());
      case "fit-mixed" -> fit.play(network, none(), seeded().mixedPrecision());
      case "fit-rewriter" -> fit.play(network, none(), seeded().session(rewriter()));
      default -> fit.play(network, none(), seeded().rewrites(allBut(args[0])));
    }
  }

  private static ModelOptions seeded() {
    return ModelOptions.seed(LectureNets.seed());
  }

  /** Returns a session in which TensorFlow itself chooses what to compute in bfloat16. */
  private static SessionOptions rewriter() {
    return SessionOptions.standard()
        .configure(
            proto ->
                proto
                    .getGraphOptionsBuilder()
                    .getRewriteOptionsBuilder()
                    .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON));
  }

  /** Returns all rewrites except the one in the contestant's name. */
  private static Set<Rewrite> allBut(String contestant) {
    Set<Rewrite> rewrites = EnumSet.allOf(Rewrite.class);
    if (!rewrites.removeIf(rewrite -> without(rewrite).equals(contestant))) {
      throw new IllegalArgumentException("unknown contestant: " + contestant);
    }
    return rewrites;
  }

  /** Returns the name of the contestant with all rewrites except this one. */
  public static String without(Rewrite rewrite) {
    return "fit-without-" + rewrite.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static DataSet dataSet(Work.Part part, int classes) {
    return DataSet.of(
        part.pixels(), part.labels(), Shape.of(part.height(), part.width(), 1), classes);
  }
}
