package io.github.convnet4j.report;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.data.ExampleSet;
import io.github.convnet4j.data.TargetSet;
import io.github.convnet4j.evaluate.Metric;
import io.github.convnet4j.evaluate.Metrics;
import io.github.convnet4j.layer.Input;
import io.github.convnet4j.layer.Nodes;
import io.github.convnet4j.loss.Loss;
import io.github.convnet4j.loss.Losses;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Answers;
import io.github.convnet4j.task.MultiTask;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.task.Task;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.History;
import io.github.convnet4j.train.Model;
import io.github.convnet4j.train.UserGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** What a report leaves out and refuses, and how it is written. */
class ReportLimitsTest {
  @TempDir private Path folder;

  private static Document page(Report report) {
    return Jsoup.parse(report.toHtml());
  }

  @Test
  void keepsItsLimitsAndStatesThem() {
    try (Trained trained = new Trained()) {
      Document page =
          page(
              Report.of(trained.model, Trained.TEST)
                  .testImages(100)
                  .mistakes(2)
                  .embeddings(50)
                  .explain(5, 6)
                  .featureMapsOf(9));
      assertEquals(2, page.select("#mistakes img").size());
      assertEquals(50, page.select("#embeddings circle").size());
      assertEquals(3 * (2 + 2 * 2), page.select("#explanations img").size());
      assertEquals("Test image 9", page.selectFirst("#feature-maps img").attr("alt"));
      assertTrue(
          page.selectFirst(".cards").text().contains("of 100 test images, evenly spaced among 257"),
          page.selectFirst(".cards").text());
      assertTrue(page.selectFirst("#embeddings").text().contains("50 of 257 test images"));
      assertEquals(3, page.select("#training details tbody tr").size(), "the model's own history");
    }
  }

  @Test
  void aNetworkWithoutConvolutionsHasNoFilters() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(0.1))) {
      Document page = page(Report.of(model, Trained.TEST.subset(0, 20)).mistakes(0).embeddings(0));
      assertEquals(
          List.of("results", "confusion", "network", "feature-maps", "explanations", "settings"),
          page.select("section").eachAttr("id"));
      assertTrue(page.selectFirst("#explanations").text().contains("this network has none"));
    }
  }

  @Test
  void reportsANetworkWhoseTrainingDiverged() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    DataSet few = Trained.TEST.subset(0, 30);
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(1e38))) {
      History history = model.fit(few, FitOptions.epochs(3).batchSize(10));
      assertTrue(Double.isNaN(history.last().cost()), "it should have diverged");
      Document page = page(Report.of(model, few).history(history));
      assertTrue(page.selectFirst("#results").text().contains("must be from 0 to 1: NaN"));
      assertTrue(page.selectFirst("#training details").text().contains("not a number"));
      assertEquals(1, page.select("#embeddings").size());
    }
  }

  @Test
  void reportsARegressionWhoseTrainingDiverged() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(1));
    TargetSet few = TargetSet.of(Trained.TEST.subset(0, 30), new float[30], 1);
    TargetSet far = TargetSet.of(Trained.TEST.subset(0, 30), filled(30, 1e30f), 1);
    try (Model<float[]> model = Model.of(network, Tasks.regression(), sgd(1e38))) {
      model.fit(far, FitOptions.epochs(3).batchSize(10));
      Document page = page(Report.of(model, few));
      assertTrue(page.selectFirst(".cards").text().contains("not a number"));
      assertTrue(page.selectFirst("#mistakes").text().contains("not a number"));
      assertEquals(0, page.select("#predictions circle").size());
    }
  }

  private static float[] filled(int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void examplesThatAreNotImagesAreShownByNumber() {
    float[] inputs = new float[40];
    int[] classes = new int[20];
    for (int i = 0; i < 20; i++) {
      inputs[2 * i] = i % 3;
      classes[i] = i % 2;
    }
    ExampleSet examples =
        ExampleSet.builder().input("x", inputs, 2).classTarget("y", classes, 2).build();
    Network network = Network.of(Shape.of(2), dense(4), dense(2));
    try (Model<Prediction> model = Model.of(network, Tasks.classification(), sgd(0.1))) {
      Document page = page(Report.of(model, examples));
      assertEquals(
          List.of("results", "confusion", "mistakes", "network", "embeddings", "settings"),
          page.select("section").eachAttr("id"));
      assertEquals(0, page.select("img").size());
      assertTrue(page.selectFirst("#mistakes .number").text().startsWith("example "));
      assertFalse(page.text().contains("images"), page.text());
      assertFalse(page.text().contains("Images"), page.text());
    }
  }

  /** A task that the page does not know: the class as a number. */
  private record Grade() implements Task<Integer> {
    @Override
    public Class<Integer> predictionType() {
      return Integer.class;
    }

    @Override
    public Loss loss() {
      return Losses.meanSquaredError();
    }

    @Override
    public Integer prediction(float[] values, Shape output) {
      return Math.round(values[0]);
    }

    @Override
    public List<Metric> metrics(Shape output) {
      return List.of(Metrics.meanAbsoluteError());
    }
  }

  @Test
  void aTaskOfAUsersOwnHasItsLossAndItsMetrics() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(1));
    TargetSet test = TargetSet.of(Trained.TEST.subset(0, 20), filled(20, 2), 1);
    try (Model<Integer> model = Model.of(network, new Grade(), sgd(0.001))) {
      Document page = page(Report.of(model, test));
      assertEquals(
          List.of("results", "network", "feature-maps", "settings"),
          page.select("section").eachAttr("id"));
      assertEquals(
          "%.4f".formatted(model.evaluate(test).value("mean_absolute_error")),
          page.select("#results dd").get(1).text());
      assertTrue(page.selectFirst("#settings").text().contains("Grade"));
    }
  }

  @Test
  void refusesNetworksWithSeveralInputsOrOutputs() {
    Input left = Nodes.input("left", 2);
    Input right = Nodes.input("right", 2);
    Network network =
        Network.of(
            Nodes.inputs(left, right),
            Nodes.outputs(
                Nodes.concat(left, right).then(dense(2)).as("kind"),
                right.then(dense(1)).as("days")));
    ExampleSet examples =
        ExampleSet.builder()
            .input("left", new float[4], 2)
            .input("right", new float[4], 2)
            .classTarget("kind", new int[2], 2)
            .target("days", new float[2], 1)
            .build();
    MultiTask tasks =
        Tasks.all(
            Tasks.output("kind", Tasks.classification()), Tasks.output("days", Tasks.regression()));
    try (Model<Answers> model = Model.of(network, tasks, sgd(0.1))) {
      assertMessage(
          "model must have one input and one output: it has the inputs [left, right] and the"
              + " outputs [kind, days]",
          () -> Report.of(model, examples));
    }
  }

  @Test
  void refusesTasksForSeveralOutputsEvenIfThereIsOnlyOne() {
    Network network = Network.of(Shape.of(28, 28, 1), flatten(), dense(10));
    MultiTask tasks = Tasks.all(Tasks.output("output", Tasks.classification()));
    try (Model<Answers> model = Model.of(network, tasks, sgd(0.1))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Report.of(model, Trained.TEST))
              .getMessage();
      assertTrue(message.contains("model") && message.contains("Tasks.all"), message);
    }
  }

  @Test
  void refusesGraphsOfAUsersOwn() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 2)));
      Placeholder<TFloat32> y =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 1)));
      Variable<TFloat32> w = tf.variable(tf.zeros(tf.constant(new int[] {2, 1}), TFloat32.class));
      Operand<TFloat32> product = tf.linalg.matMul(x, w);
      UserGraph own =
          UserGraph.builder(graph)
              .input("x", x)
              .target("y", y)
              .predictions("y", product)
              .loss(
                  tf.math.mean(
                      tf.math.squaredDifference(product, y), tf.constant(new int[] {0, 1})))
              .variable("w", w)
              .build();
      ExampleSet examples =
          ExampleSet.builder().input("x", new float[4], 2).target("y", new float[2], 1).build();
      try (Model<float[]> model = Model.over(own, Tasks.regression(), sgd(0.1))) {
        assertMessage(
            "model must have a Network, whose layers are known: it is over a graph of your own",
            () -> Report.of(model, examples));
      }
    }
  }

  @Test
  void replacesAnOldPageAndLeavesNoOtherFile() throws IOException {
    Path file = folder.resolve("new").resolve("report.html");
    try (Trained trained = new Trained()) {
      Report report = Report.of(trained.model, Trained.TEST.subset(0, 30));
      report.write(file);
      report.title("Another").write(file);
      assertEquals(report.title("Another").toHtml(), Files.readString(file));
      try (var files = Files.list(file.getParent())) {
        assertEquals(List.of(file), files.toList());
      }
      assertThrows(StoreException.class, () -> report.write(folder), "the target is a folder");
    }
  }

  @Test
  void refusesBadSettings() {
    Trained trained = new Trained();
    Report report = Report.of(trained.model, Trained.TEST);
    assertMessage("testImages must be at least 1: 0", () -> report.testImages(0));
    assertMessage("mistakes must be at least 0: -1", () -> report.mistakes(-1));
    assertMessage("embeddings must be at least 0: -1", () -> report.embeddings(-1));
    assertMessage("title must not be blank: \" \"", () -> report.title(" "));
    assertThrows(IndexOutOfBoundsException.class, () -> report.featureMapsOf(257));
    assertThrows(IndexOutOfBoundsException.class, () -> report.explain(3, -1));
    DataSet other = DataSet.of(new byte[4], new int[1], 2, 2, 1, 10);
    assertMessage(
        "examples must be of the network's input shape [28, 28, 1]: they are [2, 2, 1]",
        () -> Report.of(trained.model, other));
    trained.close();
    assertThrows(IllegalStateException.class, report::toHtml);
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
