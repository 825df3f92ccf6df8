package io.github.convnet4j.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.convnet4j.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class NumpyArrayTest {
  @TempDir private Path folder;

  /** The values 1, 2 and -3 (or its unsigned counterpart) in each type and byte order. */
  @ParameterizedTest
  @CsvSource({
    "|u1, 253",
    "<u2, 65533",
    ">u2, 65533",
    "<u4, 4294967293",
    ">u4, 4294967293",
    "<u8, 18446744073709551613",
    ">u8, 18446744073709551613",
    "|i1, -3",
    "<i2, -3",
    ">i2, -3",
    "<i4, -3",
    ">i4, -3",
    "<i8, -3",
    ">i8, -3",
    "=i4, -3",
    "<f4, -3",
    ">f4, -3",
    "<f8, -3",
    ">f8, -3"
  })
  void readsEachTypeInEitherByteOrder(String type, double third) throws IOException {
    int bytes = type.charAt(2) - '0';
    ByteBuffer values =
        ByteBuffer.allocate(3 * bytes)
            .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {1, 2, -3}) {
      switch (type.substring(1)) {
        case "f4" -> values.putFloat(value);
        case "f8" -> values.putDouble(value);
        default -> {
          switch (bytes) {
            case 1 -> values.put((byte) value);
            case 2 -> values.putShort((short) value);
            case 4 -> values.putInt(value);
            default -> values.putLong(value);
          }
        }
      }
    }
    NumpyArray array = read(NumpyFiles.npy(type, values.array(), 3));
    assertArrayEquals(new float[] {1, 2, (float) third}, array.floats());
    assertEquals(Shape.of(3), array.shape());
    assertEquals(!type.contains("f"), array.type().isInteger());
  }

  /** 0x3c00 is 1, 0xc000 is -2, 0x3555 is 0.33325195, 0x0001 is 2 to the power of -24. */
  @Test
  void readsHalves() throws IOException {
    byte[] halves = {0, 0x3c, 0, (byte) 0xc0, 0x55, 0x35, 1, 0};
    NumpyArray array = read(NumpyFiles.npy("<f2", halves, 4));
    assertArrayEquals(new float[] {1, -2, 0.33325195f, 0x1p-24f}, array.floats());
    assertArrayEquals(
        new int[] {1, -2}, read(NumpyFiles.npy("<f2", Arrays.copyOf(halves, 4), 2)).integers());
  }

  @Test
  void readsBooleans() throws IOException {
    assertArrayEquals(
        new float[] {1, 0}, read(NumpyFiles.npy("|b1", new byte[] {1, 0}, 2)).floats());
    assertArrayEquals(new int[] {1, 0}, read(NumpyFiles.npy("?", new byte[] {1, 0}, 2)).integers());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEachVersion(int version) throws IOException {
    byte[] file = NumpyFiles.npy(version, NumpyFiles.header("|u1", false, 2), new byte[] {4, 5});
    assertArrayEquals(new byte[] {4, 5}, read(file).bytes());
  }

  /** In Fortran order the first index runs fastest. */
  @Property(tries = 50)
  void readsFortranOrder(
      @ForAll @IntRange(min = 1, max = 4) int a,
      @ForAll @IntRange(min = 1, max = 4) int b,
      @ForAll @IntRange(min = 1, max = 4) int c)
      throws IOException {
    ByteBuffer fortran = ByteBuffer.allocate(2 * a * b * c).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < c; k++) {
      for (int j = 0; j < b; j++) {
        for (int i = 0; i < a; i++) {
          fortran.putShort((short) (100 * i + 10 * j + k));
        }
      }
    }
    int[] expected = new int[a * b * c];
    for (int at = 0; at < expected.length; at++) {
      expected[at] = 100 * (at / (b * c)) + 10 * (at / c % b) + at % c;
    }
    byte[] file = NumpyFiles.npy(1, NumpyFiles.header("<i2", true, a, b, c), fortran.array());
    Path path = Files.createTempFile("fortran", ".npy");
    try {
      assertArrayEquals(expected, NumpyArray.read(Files.write(path, file)).integers());
    } finally {
      Files.delete(path);
    }
  }

  @ParameterizedTest
  @CsvSource({"|O, pickle", "<U5, <U5", "<M8[ns], <M8[ns]", "<c8, <c8", "|S3, |S3"})
  void refusesWhatIsNotNumbers(String type, String named) {
    assertTrue(refused(NumpyFiles.npy(type, new byte[8], 1)).contains(named));
  }

  @Test
  void refusesStructures() {
    String header =
        "{'descr': [('a', '<f4'), ('b', '|u1')], 'fortran_order': False, 'shape': (1,)}";
    assertTrue(refused(NumpyFiles.npy(1, header, new byte[5])).contains("several fields"));
  }

  @Test
  void tellsWhatIsTruncatedOrTooLong() {
    byte[] file = NumpyFiles.bytes(new byte[12], 3, 4);
    for (int length = 0; length < file.length; length++) {
      refused(Arrays.copyOf(file, length));
    }
    assertTrue(refused(Arrays.copyOf(file, file.length - 1)).contains("truncated"));
    assertTrue(refused(Arrays.copyOf(file, file.length + 1)).contains("damaged"));
  }

  /** What a header declares costs no memory before it is compared with the file's length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(2000000000,)",
        "(999999999999999999, 999999999999999999)",
        "(65536, 65536, 65536, 65536)",
        "(0, 28, 28)",
        "(-1, 28)",
        "(3, 'x')"
      })
  void refusesShapesThatTheFileCannotHold(String shape) {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }".formatted(shape);
    refused(NumpyFiles.npy(1, header, new byte[8]));
  }

  @Test
  void refusesHostileHeaders() {
    byte[] file = NumpyFiles.npy(2, NumpyFiles.header("|u1", false, 1), new byte[1]);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE);
    assertTrue(refused(file).contains("2147483647"));
    file[6] = 9;
    assertTrue(refused(file).contains("version 9"));
    file[0] = 'x';
    assertTrue(refused(file).contains("np.save"));
  }

  @Test
  void namesValuesThatAreNoIntegers() throws IOException {
    NumpyArray array = read(NumpyFiles.floats(new float[] {1, 2.5f}, 2));
    String message = assertThrows(DataException.class, array::integers).getMessage();
    assertTrue(message.contains("value 1") && message.contains("2.5"), message);
    assertThrows(IllegalStateException.class, array::bytes);
  }

  @Test
  void namesAFileThatIsMissing() {
    Path none = folder.resolve("none.npy");
    String message = assertThrows(DataException.class, () -> NumpyArray.read(none)).getMessage();
    assertTrue(message.contains(none.toString()), message);
  }

  private NumpyArray read(byte[] file) throws IOException {
    return NumpyArray.read(Files.write(folder.resolve("array.npy"), file));
  }

  private String refused(byte[] file) {
    String message = assertThrows(DataException.class, () -> read(file)).getMessage();
    assertTrue(message.contains("array.npy"), message);
    return message;
  }
}
