package oneplatform;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;

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
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/** Trains with the native library of one platform; fails if there are more on the class path. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    List<String> natives =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(
                file -> file.matches("tensorflow-core-native-.*-(linux|macosx|windows)-.*\\.jar"))
            .toList();
    System.out.println("native libraries on the class path: " + natives);
    if (natives.size() != 1) {
      throw new IllegalStateException("there should be one native library: " + natives);
    }

    DataSets digits = BundledDigits.read();
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    try (Model<Prediction> model =
        Model.of(network, Tasks.classification(), Optimizers.adam(0.01), ModelOptions.seed(777))) {
      model.fit(digits.train(), FitOptions.epochs(5));
      double accuracy = model.evaluate(digits.test()).accuracy();
      System.out.println("test accuracy: " + accuracy);
      if (accuracy < 0.8) {
        throw new IllegalStateException("the network did not learn");
      }
    }
  }
}
