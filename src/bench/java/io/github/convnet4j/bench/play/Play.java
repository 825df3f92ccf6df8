package io.github.convnet4j.bench.play;

import static io.github.convnet4j.augment.Augmentation.none;
import static io.github.convnet4j.augment.Transforms.noise;
import static io.github.convnet4j.augment.Transforms.rotate;
import static io.github.convnet4j.augment.Transforms.shift;
import static io.github.convnet4j.augment.Transforms.zoom;

import io.github.convnet4j.augment.Augmentation;
import io.github.convnet4j.bench.contestant.Work;
import io.github.convnet4j.data.DataSet;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;

/** A contestant's process: {@code Play CONTESTANT NET WORK-FOLDER}. */
public final class Play {
  private static final String DEEP = "ex11_9";

  /** What one does to digits: interpolated once, and noise for each pixel. */
  private static final Augmentation AUGMENTATION =
      Augmentation.of(shift(0.1f), rotate(10), zoom(0.9f, 1.1f), noise(0.02f));

  private Play() {}

  public static void main(String[] args) {
    Work work = Work.read(Path.of(args[2]));
    DataSet train = dataSet(work.train(), work.classes());
    DataSet test = dataSet(work.test(), work.classes());
    boolean deep = args[1].equals(DEEP);
    String engine = "TensorFlow " + TensorFlow.version() + ", Java " + Runtime.version().feature();
    switch (args[0]) {
      case "ops" -> new SessionLoop(work, train, test).playLiteral(deep, engine);
      case "loop" -> new SessionLoop(work, train, test).playBuilder(deep, engine);
      case "fit" -> Fit.play(Nets.builder(deep, train), train, test, none(), engine);
      case "fit-augmented" ->
          Fit.play(Nets.builder(deep, train), train, test, AUGMENTATION, engine);
      case "fit-lecture" -> Fit.play(Nets.lecture(deep, train), train, test, none(), engine);
      default -> throw new IllegalArgumentException("no contestant: " + args[0]);
    }
  }

  private static DataSet dataSet(Work.Part part, int classes) {
    return DataSet.of(part.pixels(), part.labels(), part.height(), part.width(), 1, classes);
  }
}
