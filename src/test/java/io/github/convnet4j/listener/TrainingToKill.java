package io.github.convnet4j.listener;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.BatchResult;
import io.github.convnet4j.train.EpochResult;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.Training;
import io.github.convnet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The program that {@link KillTest} kills. It resumes from the newest checkpoint in a folder, and
 * at the end writes the weights and the history to a file. It prints a line when it starts and
 * after each step.
 */
final class TrainingToKill {
  static final String STARTED = "training from ";
  static final String STEP = "step ";

  /** So many that training is never stopped; it only restores its best epoch at the end. */
  private static final int PATIENCE = 1000;

  private TrainingToKill() {}

  /** The arguments are the folder, the file, and the number of epochs. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (Model<Prediction> model =
        Checkpoints.latest(folder, Prediction.class, System.out::println)
            .orElseGet(WholeTraining::model)) {
      TrainingListener[] listeners =
          Arrays.copyOf(WholeTraining.listeners(Checkpoints.everySteps(folder, 1), PATIENCE), 4);
      listeners[3] = new Herald();
      model.fit(WholeTraining.IMAGES, WholeTraining.upTo(Integer.parseInt(args[2])), listeners);
      Files.writeString(Path.of(args[1]), text(model));
    }
  }

  /** Returns what the program writes, for an uninterrupted run in this process. */
  static String straight(int epochs) {
    try (Model<Prediction> model = WholeTraining.model()) {
      model.fit(
          WholeTraining.IMAGES,
          WholeTraining.upTo(epochs),
          WholeTraining.listeners(new TrainingListener() {}, PATIENCE));
      return text(model);
    }
  }

  /** Returns the whole state of a trained model as text. */
  private static String text(Model<Prediction> model) {
    StringBuilder text = new StringBuilder();
    for (EpochResult epoch : model.history().epochs()) {
      text.append(epoch).append('\n').append(epoch.validation()).append('\n');
    }
    text.append(model.stepsTrained()).append(" steps\n");
    for (var parameter : model.network().parameters()) {
      text.append(parameter.name()).append(' ');
      text.append(Arrays.toString(model.weights(parameter.name()))).append('\n');
    }
    return text.toString();
  }

  /** Prints the progress. */
  private static final class Herald implements TrainingListener {
    @Override
    public void trainBegin(Training training) {
      System.out.println(STARTED + training.model().stepsTrained());
    }

    @Override
    public void batchEnd(Training training, BatchResult result) {
      System.out.println(STEP + training.model().stepsTrained());
    }
  }
}
