package io.github.convnet4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.github.convnet4j.picture.PictureFormat;
import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring the images of a column. */
class ImageModelTest {
  private static final int COUNT = 100;

  private static SparkSession spark;
  private static Model<Prediction> model;
  private static ImageModel scorer;
  private static Dataset<Row> digits;

  @BeforeAll
  static void start() {
    spark = Digits.local(2);
    model = Digits.trained();
    scorer = ImageModel.of(model);
    digits = Digits.table(spark, Digits.TEST, COUNT, 3).cache();
  }

  @AfterAll
  static void stop() {
    model.close();
    spark.stop();
  }

  private static void assertPredictsAsTheModel(Dataset<Row> predicted) {
    List<Row> rows = predicted.select("id", "label", "prediction").collectAsList();
    assertEquals(COUNT, rows.size());
    for (Row row : rows) {
      int i = row.getInt(0);
      assertEquals(Digits.TEST.label(i), row.getInt(1));
      Row answer = row.getStruct(2);
      Prediction expected = model.predictPixels(Digits.TEST.image(i));
      assertEquals(expected.className(), answer.getString(0));
      assertEquals(expected.classIndex(), answer.getInt(1));
      assertEquals(expected.probability(), answer.getFloat(2), 1e-5);
      assertNull(answer.get(4));
    }
  }

  @Test
  void runsOnSparksJackson() {
    assertTrue(
        PackageVersion.VERSION.toString().startsWith("2.21."), PackageVersion.VERSION::toString);
  }

  @Test
  void classifiesEncodedPictures() {
    assertPredictsAsTheModel(scorer.transform(digits));
  }

  @Test
  void classifiesVectorsAndArrays() {
    for (String column : List.of("vector", "values")) {
      assertPredictsAsTheModel(
          scorer.copy(scorer.extractParamMap()).setInputCol(column).transform(digits));
    }
  }

  @Test
  void listsTheMostLikelyClassesInOrder() {
    ImageModel three = ImageModel.of(model).setTopK(3);
    for (Row row : three.transform(digits).select("id", "prediction.top").collectAsList()) {
      List<Row> top = row.getList(1);
      List<String> names = top.stream().map(each -> each.getString(0)).toList();
      assertEquals(
          model.predictPixels(Digits.TEST.image(row.getInt(0))).top(3).stream()
              .map(Prediction.ClassProbability::className)
              .toList(),
          names);
    }
    assertEquals(
        10,
        ImageModel.of(model)
            .setTopK(99)
            .transform(digits)
            .select("prediction.top")
            .first()
            .getList(0)
            .size());
  }

  @Test
  void anyNumberOfPartitionsAndAnyBatchSizeGiveTheSame() {
    for (int partitions : new int[] {1, 7, 150}) {
      for (int batch : new int[] {0, 1, 7, 1000}) {
        Dataset<Row> some = digits.limit(40).repartition(partitions);
        ImageModel sized = ImageModel.of(model).setBatchSize(batch);
        assertEquals(
            40,
            sized
                .transform(some)
                .filter("prediction.error is null and prediction.class is not null")
                .count());
        if (partitions == 150) {
          break; // Mostly empty partitions; one batch size is enough.
        }
      }
    }
    assertEquals(0, scorer.transform(digits.limit(0)).count());
  }

  @Test
  void allOtherColumnsAreKept() {
    Dataset<Row> predicted = scorer.transform(digits);
    List<String> names = new ArrayList<>(List.of(digits.columns()));
    names.add("prediction");
    assertEquals(names, List.of(predicted.columns()));
    String[] values = {"id", "label", "hex(content)", "vector", "values"};
    assertEquals(
        digits.selectExpr(values).orderBy("id").collectAsList(),
        predicted.selectExpr(values).orderBy("id").collectAsList());
  }

  private static final AtomicInteger READ = new AtomicInteger();

  /** A partition may have any size, so only the rows of one batch may be read ahead. */
  @Test
  void aPartitionIsNotReadBeyondOneBatch() {
    READ.set(0);
    StructType schema =
        new StructType().add("values", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> many =
        spark
            .range(0, 5000, 1, 1)
            .map(
                (MapFunction<Long, Row>)
                    number -> {
                      READ.incrementAndGet();
                      return RowFactory.create(new float[784]);
                    },
                Encoders.row(schema));
    List<Integer> ahead =
        ImageModel.of(model)
            .setInputCol("values")
            .setBatchSize(64)
            .transform(many)
            .mapPartitions(
                (MapPartitionsFunction<Row, Integer>)
                    rows -> {
                      int most = 0;
                      for (int passed = 0; rows.hasNext(); passed++) {
                        rows.next();
                        most = Math.max(most, READ.get() - passed);
                      }
                      return List.of(most).iterator();
                    },
                Encoders.INT())
            .collectAsList();
    assertEquals(5000, READ.get());
    assertTrue(ahead.get(0) <= 65, ahead::toString);
  }

  @Test
  void aBadPictureHasAReasonAndTheOthersAPrediction() {
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("content", DataTypes.BinaryType);
    byte[] whole = Digits.png(Digits.TEST, 0);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    List<Row> rows =
        List.of(
            RowFactory.create(0, whole),
            RowFactory.create(1, cut),
            RowFactory.create(2, new byte[] {1, 2, 3}),
            RowFactory.create(3, null),
            RowFactory.create(4, new byte[0]),
            RowFactory.create(5, whole));
    List<Row> answers =
        scorer
            .transform(spark.createDataFrame(rows, schema).coalesce(1))
            .orderBy("id")
            .select("prediction")
            .collectAsList();
    for (int i : new int[] {0, 5}) {
      assertNotNull(answers.get(i).getStruct(0).getString(0));
      assertNull(answers.get(i).getStruct(0).get(4));
    }
    for (int i : new int[] {1, 2, 3, 4}) {
      Row answer = answers.get(i).getStruct(0);
      assertTrue(answer.isNullAt(0) && answer.isNullAt(2) && answer.isNullAt(3));
      assertFalse(answer.getString(4).isBlank());
    }
  }

  @Test
  void valuesOfWrongNumberOrSizeHaveAReason() {
    StructType schema =
        new StructType().add("values", DataTypes.createArrayType(DataTypes.DoubleType));
    double[] tooFew = new double[783];
    double[] notFinite = new double[784];
    notFinite[5] = Double.NaN;
    double[] large = IntStream.range(0, 784).mapToDouble(i -> i % 256).toArray();
    List<Row> rows =
        List.of(
            RowFactory.create(tooFew),
            RowFactory.create(notFinite),
            RowFactory.create(large),
            RowFactory.create(new double[784]));
    List<Row> answers =
        ImageModel.of(model)
            .setInputCol("values")
            .transform(spark.createDataFrame(rows, schema).coalesce(1))
            .select("prediction.error", "prediction.class")
            .collectAsList();
    assertTrue(answers.get(0).getString(0).contains("783"));
    assertTrue(answers.get(1).getString(0).contains("NaN"));
    assertTrue(answers.get(2).getString(0).contains("255"), answers.get(2).getString(0));
    assertNull(answers.get(3).get(0));
    assertNotNull(answers.get(3).get(1));
  }

  @Test
  void readsSparksImagesWhichAreBlueGreenRed(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.write(folder.resolve(i + ".png"), Digits.png(Digits.TEST, i));
    }
    Dataset<Row> images = spark.read().format("image").load(folder.toString());
    List<Row> answers =
        ImageModel.of(model)
            .setInputCol("image")
            .transform(images)
            .orderBy("image.origin")
            .select("prediction.class")
            .collectAsList();
    for (int i = 0; i < 5; i++) {
      assertEquals(
          model.predictPixels(Digits.TEST.image(i)).className(), answers.get(i).getString(0));
    }
    Row blueRed =
        RowFactory.create("two pixels", 1, 2, 3, 16, new byte[] {(byte) 200, 0, 0, 0, 0, 100});
    Row withAlpha =
        RowFactory.create("two", 1, 2, 4, 24, new byte[] {(byte) 200, 0, 0, -1, 0, 0, 0, 0});
    PictureFormat asItIs = PictureFormat.asTheyAre();
    StructType schema = new StructType().add("image", ImageSchema.columnSchema());
    List<Row> structs =
        spark
            .createDataFrame(
                List.of(RowFactory.create(blueRed), RowFactory.create(withAlpha)), schema)
            .collectAsList();
    List<String> pixels = new ArrayList<>();
    for (Row struct : structs) {
      pixels.add(pixels(struct.getStruct(0), asItIs));
    }
    assertEquals(List.of("[0, 0, -56, 100, 0, 0]", "[0, 0, -56, -1, -1, -1]"), pixels);
  }

  private static String pixels(Row struct, PictureFormat format) {
    try {
      return Arrays.toString(ImageInput.IMAGE.pixels(struct, format));
    } catch (ImageInput.BadImageException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void savesAndLoadsTheModelWithItsParameters(@TempDir Path folder) throws IOException {
    String path = folder.resolve("scorer").toString();
    ImageModel.of(model).setTopK(4).setOutputCol("answer").write().overwrite().save(path);

    ImageModel loaded = ImageModel.load(path);

    assertEquals(4, loaded.getTopK());
    assertEquals(
        digits.count(), loaded.transform(digits).filter("answer.class is not null").count());
    try (Model<Prediction> same = Model.load(folder.resolve("scorer/network"), Prediction.class)) {
      assertEquals(model.evaluate(Digits.TEST), same.evaluate(Digits.TEST));
    }
  }

  @Test
  void isAStageOfAPipelineThatIsSavedAndLoaded(@TempDir Path folder) throws IOException {
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {ImageModel.of(model)}).fit(digits);
    fitted.save(folder.resolve("pipeline").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("pipeline").toString());
    assertPredictsAsTheModel(loaded.transform(digits));
  }

  @Test
  void predictsAStreamOfFiles(@TempDir Path folder) throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < 3; i++) {
      Files.write(in.resolve(i + ".png"), Digits.png(Digits.TEST, i));
    }
    Files.write(in.resolve("3.png"), new byte[] {1, 2});
    Dataset<Row> files =
        spark
            .readStream()
            .format("binaryFile")
            .schema(spark.read().format("binaryFile").load(in.toString()).schema())
            .load(in.toString());
    StreamingQuery query =
        scorer
            .transform(files)
            .select(functions.col("path"), functions.col("prediction"))
            .writeStream()
            .format("memory")
            .queryName("predicted")
            .start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }
    List<Row> rows =
        spark
            .sql("select prediction.class, prediction.error from predicted order by path")
            .collectAsList();
    assertEquals(4, rows.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(model.predictPixels(Digits.TEST.image(i)).className(), rows.get(i).getString(0));
    }
    assertNotNull(rows.get(3).getString(1));
  }

  @Test
  void allTasksShareOneCopyOfAModel() {
    int before = SharedModels.count();
    ImageModel shared = ImageModel.of(model);
    shared.transform(digits.repartition(8)).count();
    shared.transform(digits.repartition(4)).count();
    assertTrue(SharedModels.count() <= Math.max(1, before) + 1);
    for (int i = 0; i < 4; i++) {
      try (Model<Prediction> other = Digits.trained()) {
        other.fit(Digits.TRAIN.take(10 + i), FitOptions.epochs(1));
        ImageModel.of(other).transform(digits).count();
      }
    }
    assertEquals(2, SharedModels.count());
  }

  @Test
  void wrongColumnsAreRefusedBeforeTheJob() {
    assertRefused(ImageModel.of(model).setInputCol("picture"), "inputCol", "picture");
    assertRefused(ImageModel.of(model).setInputCol("label"), "inputCol", "label");
    assertRefused(ImageModel.of(model).setOutputCol("id"), "outputCol", "id");
    assertThrows(IllegalArgumentException.class, () -> ImageModel.of(model).setTopK(0));
  }

  private static void assertRefused(ImageModel wrong, String argument, String value) {
    String fault =
        assertThrows(IllegalArgumentException.class, () -> wrong.transform(digits)).getMessage();
    assertTrue(fault.contains(argument) && fault.contains(value), fault);
  }
}
