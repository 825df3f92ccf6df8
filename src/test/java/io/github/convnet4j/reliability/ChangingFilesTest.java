package io.github.convnet4j.reliability;

import static io.github.convnet4j.layer.Layers.dense;
import static io.github.convnet4j.layer.Layers.flatten;
import static io.github.convnet4j.optimizer.Optimizers.adam;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.Idx;
import io.github.convnet4j.files.ImageFolder;
import io.github.convnet4j.files.NumpyArchive;
import io.github.convnet4j.files.NumpyArray;
import io.github.convnet4j.files.PixelTable;
import io.github.convnet4j.files.Storage;
import io.github.convnet4j.files.TinyPictures;
import io.github.convnet4j.keras.KerasLayers;
import io.github.convnet4j.keras.KerasModel;
import io.github.convnet4j.layer.Parameter;
import io.github.convnet4j.model.Network;
import io.github.convnet4j.model.Weights;
import io.github.convnet4j.picture.DicomFiles;
import io.github.convnet4j.picture.DicomSlice;
import io.github.convnet4j.picture.Picture;
import io.github.convnet4j.store.StoreException;
import io.github.convnet4j.task.Tasks;
import io.github.convnet4j.train.FitOptions;
import io.github.convnet4j.train.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Files that another program truncates, overwrites or deletes while they are read. Each holds only
 * one number; in the other version of it, only another one. What is read must be one of the two, or
 * an exception that names the file. Each test goes on until a change in the middle of a read has
 * been noticed.
 */
class ChangingFilesTest {
  private static final int ROUNDS = 10;
  private static final int MOST_ROUNDS = 5000;

  /** Part of the message of a read that a change has spoiled. */
  private static final String NOTICED = "has changed";

  /** So many that a change in the middle of a read is likely. */
  private static final int IMAGES = 10_000;

  private static final int SIZE = 28;
  private static final int VALUES = IMAGES * SIZE * SIZE;

  @TempDir Path folder;

  /** Reads a file, and returns the numbers in it. */
  private interface Read {
    Set<Integer> numbers() throws IOException;
  }

  /** Reads a file while another thread writes the versions by turns. */
  private void assertOneOf(Path file, byte[] first, byte[] second, Read read) throws Exception {
    Files.write(file, first);
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              Random random = new Random(3);
              for (int i = 0; !over.get(); i++) {
                change(file, i % 2 == 0 ? second : first, random);
              }
            });
    writer.start();
    int right = 0;
    int noticed = 0;
    try {
      for (int round = 0; round < ROUNDS || noticed == 0; round++) {
        assertTrue(round < MOST_ROUNDS, "right %d, noticed %d".formatted(right, noticed));
        try {
          Set<Integer> numbers = read.numbers();
          assertEquals(1, numbers.size(), () -> "a mixture: " + numbers);
          right++;
        } catch (DataException | StoreException e) {
          assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
          assertEquals(1, e.getMessage().lines().count(), e::getMessage);
          if (e.getMessage().contains(NOTICED)) {
            noticed++;
          }
        }
      }
    } finally {
      over.set(true);
      writer.join();
    }
    Files.write(file, first);
    assertEquals(1, assertDoesNotThrow(read::numbers).size());
  }

  /** Truncates, deletes or overwrites a file, and then has it whole. */
  private static void change(Path file, byte[] content, Random random) {
    try {
      int cut = random.nextInt(content.length);
      switch (random.nextInt(3)) {
        case 0 -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(cut);
          }
        }
        case 1 -> Files.deleteIfExists(file);
        default -> {
          // Overwritten in place, in two steps.
        }
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(content, 0, cut));
        Thread.sleep(random.nextInt(3));
        channel.write(ByteBuffer.wrap(content, cut, content.length - cut));
        channel.truncate(content.length);
      }
      Thread.sleep(random.nextInt(40));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<Integer> numbers(byte[] values) {
    boolean[] there = new boolean[256];
    for (byte value : values) {
      there[Byte.toUnsignedInt(value)] = true;
    }
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < there.length; i++) {
      if (there[i]) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  private static byte[] filled(int length, int value) {
    byte[] values = new byte[length];
    Arrays.fill(values, (byte) value);
    return values;
  }

  private static byte[] join(byte[] head, byte[] values) {
    byte[] all = Arrays.copyOf(head, head.length + values.length);
    System.arraycopy(values, 0, all, head.length, values.length);
    return all;
  }

  private static byte[] idx(int value) {
    byte[] head =
        ByteBuffer.allocate(16).putInt(0x803).putInt(IMAGES).putInt(SIZE).putInt(SIZE).array();
    return join(head, filled(VALUES, value));
  }

  private static byte[] npy(int value) {
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (10000, 28, 28), }";
    byte[] head =
        (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer start =
        ByteBuffer.allocate(10).put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    start.put((byte) 1).put((byte) 0).put((byte) head.length).put((byte) 0);
    return join(join(start.array(), head), filled(VALUES, value));
  }

  @Test
  void idx() throws Exception {
    Path file = folder.resolve("images");
    assertOneOf(file, idx(1), idx(2), () -> numbers(Idx.read(file).values()));
  }

  @Test
  void npyFile() throws Exception {
    Path file = folder.resolve("images.npy");
    assertOneOf(file, npy(1), npy(2), () -> numbers(NumpyArray.read(file).bytes()));
  }

  /** Two arrays of one archive must be from the same version of it. */
  @Test
  void npzFile() throws Exception {
    Path file = folder.resolve("images.npz");
    assertOneOf(
        file,
        npz(1),
        npz(2),
        () -> {
          NumpyArchive archive = NumpyArchive.of(file);
          Set<Integer> numbers = numbers(archive.read("a").bytes());
          numbers.addAll(numbers(archive.read("b").bytes()));
          return numbers;
        });
  }

  private static byte[] npz(int value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"a.npy", "b.npy"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(npy(value));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void table() throws Exception {
    Path file = folder.resolve("images.csv");
    assertOneOf(
        file,
        csv(1),
        csv(2),
        () -> {
          DataSet all = PixelTable.of(file).labelFirst().readAll();
          Set<Integer> numbers = new TreeSet<>();
          for (int i = 0; i < all.size(); i++) {
            numbers.addAll(numbers(all.image(i)));
          }
          numbers.add(all.size() == IMAGES ? numbers.iterator().next() : -all.size());
          return numbers;
        });
  }

  private static byte[] csv(int value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < IMAGES; i++) {
      text.append(i % 2).append(("," + value).repeat(16)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void picture() throws Exception {
    Path file = folder.resolve("picture.bmp");
    assertOneOf(file, bmp(1), bmp(2), () -> numbers(Picture.read(file).grey().pixels()));
  }

  /** Without any checksum. */
  private static byte[] bmp(int shade) throws IOException {
    BufferedImage image = new BufferedImage(1500, 1500, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[1500 * 1500];
    Arrays.fill(pixels, shade * 0x10101);
    image.setRGB(0, 0, 1500, 1500, pixels, 0, 1500);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "bmp", bytes);
    return bytes.toByteArray();
  }

  @Test
  void dicom() throws Exception {
    Path file = folder.resolve("slice.dcm");
    assertOneOf(file, dicom(1), dicom(2), () -> numbers(DicomSlice.read(file).values()));
  }

  private static byte[] dicom(int value) {
    int[] values = new int[1500 * 1500];
    Arrays.fill(values, value);
    return DicomFiles.grey(DicomFiles.Syntax.EXPLICIT_LITTLE, 1500, 1500).values(values);
  }

  private static Set<Integer> numbers(float[] values) {
    Set<Integer> numbers = new TreeSet<>();
    for (float value : values) {
      numbers.add((int) value);
    }
    return numbers;
  }

  @Test
  void kerasArchive() throws Exception {
    keras("model.keras", keras(1), keras(2));
  }

  /** The library that reads HDF5 would map such a file into memory. */
  @Test
  void hdf5() throws Exception {
    keras("model.h5", Files.readAllBytes(h5(1)), Files.readAllBytes(h5(2)));
  }

  private void keras(String name, byte[] first, byte[] second) throws Exception {
    Path file = folder.resolve(name);
    assertOneOf(
        file,
        first,
        second,
        () ->
            numbers(
                name.endsWith(".keras")
                    ? KerasModel.read(file).weights()
                    : KerasLayers.standard().readWeights(file, NETWORK)));
  }

  private static final Network NETWORK =
      Network.of(Shape.of(SIZE, SIZE, 1), flatten(), dense(400), dense(10));

  private static Model<?> model(int number) {
    Model<?> model = Model.of(NETWORK, Tasks.classification(), adam(0.001));
    Weights.Builder weights = Weights.builder();
    for (Parameter parameter : NETWORK.parameters()) {
      float[] values = new float[(int) parameter.shape().size()];
      Arrays.fill(values, number);
      weights.add(parameter.name(), parameter.shape(), values);
    }
    model.loadWeights(weights.build());
    return model;
  }

  private static Set<Integer> numbers(Weights weights) {
    Set<Integer> numbers = new TreeSet<>();
    for (String name : weights.names()) {
      numbers.addAll(numbers(weights.values(name)));
    }
    return numbers;
  }

  private byte[] keras(int number) throws IOException {
    Path file = folder.resolve("number-%d.keras".formatted(number));
    try (Model<?> model = model(number)) {
      model.exportKeras(file);
    }
    return Files.readAllBytes(file);
  }

  /** Returns the HDF5 part of a Keras file. */
  private Path h5(int number) throws IOException {
    Path file = folder.resolve("number-%d.keras".formatted(number));
    keras(number);
    Path weights = folder.resolve("number-%d.h5".formatted(number));
    try (ZipFile zip = new ZipFile(file.toFile());
        OutputStream out = Files.newOutputStream(weights)) {
      zip.getInputStream(zip.getEntry("model.weights.h5")).transferTo(out);
    }
    return weights;
  }

  /** The values of a saved model are read after their checksum has been compared. */
  @Test
  void savedModel() throws Exception {
    Path saved = folder.resolve("model");
    try (Model<?> model = model(1)) {
      model.save(saved);
    }
    Path file;
    try (var files = Files.list(saved)) {
      file = files.filter(path -> path.toString().endsWith(".bin")).findFirst().orElseThrow();
    }
    byte[] right = Files.readAllBytes(file);
    byte[] wrong = right.clone();
    for (int i = 3; i < wrong.length; i += 4) {
      wrong[i] ^= 1;
    }
    assertOneOf(
        file,
        right,
        wrong,
        () -> {
          Set<Integer> numbers = numbers(Model.readWeights(saved));
          numbers.add(1);
          return numbers;
        });
  }

  /** Pictures that stay on disk are decoded in each epoch. */
  @Test
  void pictureThatIsReplacedDuringTraining() throws Exception {
    for (int i = 0; i < 10; i++) {
      TinyPictures.grey(folder.resolve("pictures/%d/%d.png".formatted(i % 2, i)), SIZE, SIZE, i);
    }
    ImageFolder pictures = ImageFolder.of(folder.resolve("pictures")).storage(Storage.onDisk());
    DataSet all = pictures.readAll(List.of("0", "1")).images();
    Network network = Network.of(Shape.of(SIZE, SIZE, 1), flatten(), dense(2));
    Path changed = folder.resolve("pictures/0/4.png");
    try (Model<?> model = Model.of(network, Tasks.classification(), adam(0.001))) {
      model.fit(all, FitOptions.epochs(1).batchSize(5));
      TinyPictures.grey(changed, SIZE, SIZE, 200);
      Files.setLastModifiedTime(changed, FileTime.fromMillis(System.currentTimeMillis() + 5000));
      for (int i = 0; i < 2; i++) {
        DataException fault =
            assertThrows(
                DataException.class, () -> model.fit(all, FitOptions.epochs(1).batchSize(5)));
        assertTrue(fault.getMessage().contains(changed.toString()), fault::getMessage);
        Files.deleteIfExists(changed);
      }
    }
  }
}
