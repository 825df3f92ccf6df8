package reuse;

import static io.github.convnet4j.layer.Layers.conv2d;
import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.layer.Layers.maxPool;
import static io.github.convnet4j.layer.Layers.relu;

import io.github.convnet4j.data.DataSets;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.optimizer.Optimizers;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.ModelOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/**
 * Trains a network on the digits in convnet4j's jar; fails if that does not work or the class path
 * is wrong.
 */
public final class Main {
  private static final int EPOCHS = 3;
  private static final int BATCH_SIZE = 50;

  private Main() {}

  public static void main(String[] args) throws IOException {
    // What belongs only to the repository must not come with the jar.
    for (String absent :
        new String[] {
          "io.github.convnet4j.examples.Examples",
          "io.github.convnet4j.ArchitectureTest",
          "picocli.CommandLine",
          "me.tongfei.progressbar.ProgressBar",
          "org.junit.jupiter.api.Test"
        }) {
      require(!isLoadable(absent), absent + " is on the class path");
      System.out.println("not on the class path, as it should be: " + absent);
    }

    List<String> natives = nativeLibraries();
    System.out.println("native libraries on the class path: " + natives);
    require(natives.size() > 1, "those who depend on convnet4j get one platform instead of all");

    DataSets digits = BundledDigits.read();
    System.out.println(digits.summary());
    Network network =
        Network.of(Shape.of(28, 28, 1), conv2d(16, 3), relu(), maxPool(2), flatten(), dense(10));
    System.out.println(network.summary());
    require(Network.fromJson(network.toJson()).equals(network), "JSON changed the network");

    double accuracy =
        accuracyAfterTraining(network, digits, Files.createTempDirectory(Path.of("target"), "run"));
    System.out.println("test accuracy: " + accuracy);
    require(accuracy > 0.85, "the network did not learn");
  }

  /** Trains, saves, loads, continues training and exports, as a user's project would. */
  private static double accuracyAfterTraining(Network network, DataSets digits, Path folder) {
    Path saved = folder.resolve("digits");
    FitOptions options = FitOptions.epochs(EPOCHS).batchSize(BATCH_SIZE);
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), Optimizers.adam(0.003), ModelOptions.seed(777))) {
      model.fit(digits.train(), options);
      model.save(saved);
    }
    try (Model<Prediction> model = Model.load(saved, Prediction.class)) {
      System.out.println(model.fit(digits.train(), options).last());
      model.exportSavedModel(folder.resolve("model"));
      require(Files.exists(folder.resolve("model").resolve("saved_model.pb")), "nothing exported");
      return model.evaluate(digits.test()).accuracy();
    }
  }

  private static List<String> nativeLibraries() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).getFileName().toString())
        .filter(file -> file.matches("tensorflow-core-native-.*-(linux|macosx|windows)-.*\\.jar"))
        .toList();
  }

  private static boolean isLoadable(String name) {
    try {
      Class.forName(name, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
