package io.github.convnet4j.bench.pieces;

import io.github.convnet4j.data.DataSet;
import io.github.convnet4j.files.BundledDigits;
import io.github.convnet4j.files.Idx;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reading a file of 10,000 images of 28x28, like MNIST's test images. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class IdxReading {
  private static final int IMAGES = 10_000;
  private static final int MAGIC = 0x0803;

  private Path plain = Path.of("");
  private Path compressed = Path.of("");

  /** Writes the bundled digits repeatedly, once uncompressed and once with gzip. */
  @Setup
  public void write() throws IOException {
    plain = Files.createTempFile("images", ".idx");
    compressed = Files.createTempFile("images", ".idx.gz");
    write(Files.newOutputStream(plain));
    write(new GZIPOutputStream(Files.newOutputStream(compressed)));
  }

  private static void write(OutputStream stream) throws IOException {
    DataSet digits = BundledDigits.read().train();
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream))) {
      out.writeInt(MAGIC);
      out.writeInt(IMAGES);
      out.writeInt(digits.height());
      out.writeInt(digits.width());
      for (int i = 0; i < IMAGES; i++) {
        out.write(digits.image(i % digits.size()));
      }
    }
  }

  @Benchmark
  public Idx plain() {
    return Idx.read(plain);
  }

  @Benchmark
  public Idx gzip() {
    return Idx.read(compressed);
  }

  /** Deletes the files. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(plain);
    Files.delete(compressed);
  }
}
