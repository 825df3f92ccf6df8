package io.github.convnet4j.spark;

import io.github.convnet4j.task.Prediction;
import io.github.convnet4j.train.Model;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The means of the variables by a ring of sockets between the tasks of a barrier stage, in place of
 * the driver: each task sends a part to the next one, adds what the one before it sends, and so on
 * until all have all means.
 */
record Ring(Broadcast<SavedNetwork> network, String hash, int rounds) implements Serializable {
  private interface Task<A, B> extends Function1<A, B>, Serializable {}

  /** Prints how long a round takes: what the model has, the ring, and back into the model. */
  static void measure(SparkSession spark, int tasks, Model<Prediction> model) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SavedNetwork saved = SavedNetwork.of(model);
    model.close();
    Ring ring = new Ring(context.broadcast(saved), saved.hash(), 40);
    Task<scala.collection.Iterator<Integer>, scala.collection.Iterator<String>> task =
        numbers -> CollectionConverters.asScala(List.of(ring.run()).iterator());
    context
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .rdd()
        .barrier()
        .mapPartitions(task, false, ClassTag$.MODULE$.<String>apply(String.class))
        .toJavaRDD()
        .collect()
        .forEach(System.out::println);
  }

  private String run() {
    BarrierTaskContext task = BarrierTaskContext.get();
    int index = task.partitionId();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String[] ports = task.allGather(String.valueOf(server.socket().getLocalPort()));
      int count = ports.length;
      CompletableFuture<SocketChannel> next =
          CompletableFuture.supplyAsync(() -> connect(Integer.parseInt(ports[(index + 1) % count])));
      try (SocketChannel before = server.accept();
          SocketChannel after = next.join()) {
        return TrainingModels.with(
            hash,
            () -> network.value().load(Executors.session()),
            trainer -> run(trainer, index, count, before, after));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SocketChannel connect(int port) {
    try {
      return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(
      TrainingModels.Trainer trainer, int index, int count, SocketChannel before, SocketChannel after) {
    double[] seconds = new double[3];
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      Variables variables = trainer.variables(true);
      float[] all = concat(variables.values());
      long read = System.nanoTime();
      try {
        mean(all, index, count, before, after);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long averaged = System.nanoTime();
      trainer.start(new Variables(variables.progress(), split(all, variables.values())));
      if (round >= rounds / 2) {
        seconds[0] += (read - began) / 1e9;
        seconds[1] += (averaged - read) / 1e9;
        seconds[2] += (System.nanoTime() - averaged) / 1e9;
      }
    }
    int counted = rounds - rounds / 2;
    return String.format(
        Locale.ROOT,
        "ring\ttask %d of %d\tread %.3f s\tring %.3f s\twrite %.3f s",
        index, count, seconds[0] / counted, seconds[1] / counted, seconds[2] / counted);
  }

  private static float[] concat(Map<String, float[]> values) {
    float[] all = new float[values.values().stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : values.values()) {
      System.arraycopy(each, 0, all, at, each.length);
      at += each.length;
    }
    return all;
  }

  private static Map<String, float[]> split(float[] all, Map<String, float[]> like) {
    Map<String, float[]> values = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, float[]> each : like.entrySet()) {
      values.put(each.getKey(), Arrays.copyOfRange(all, at, at + each.getValue().length));
      at += each.getValue().length;
    }
    return values;
  }

  private static void mean(
      float[] all, int index, int count, SocketChannel before, SocketChannel after)
      throws IOException {
    int part = (all.length + count - 1) / count;
    ByteBuffer out = ByteBuffer.allocateDirect(part * Float.BYTES);
    ByteBuffer in = ByteBuffer.allocateDirect(part * Float.BYTES);
    for (int step = 0; step < 2 * (count - 1); step++) {
      boolean adds = step < count - 1;
      int sent = Math.floorMod(index - step, count);
      int received = Math.floorMod(sent - 1, count);
      int from = Math.min(all.length, received * part);
      int length = Math.min(all.length, from + part) - from;
      exchange(all, sent, part, out, in, length, before, after);
      in.flip();
      for (int i = 0; i < length; i++) {
        float value = in.getFloat();
        all[from + i] = adds ? all[from + i] + value : value;
      }
    }
    for (int i = 0; i < all.length; i++) {
      all[i] /= count;
    }
  }

  private static void exchange(
      float[] all, int sent, int part, ByteBuffer out, ByteBuffer in, int length,
      SocketChannel before, SocketChannel after)
      throws IOException {
    int from = Math.min(all.length, sent * part);
    int to = Math.min(all.length, from + part);
    out.clear();
    out.asFloatBuffer().put(all, from, to - from);
    out.limit((to - from) * Float.BYTES);
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (out.hasRemaining()) {
                  after.write(out);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    in.clear().limit(length * Float.BYTES);
    while (in.hasRemaining()) {
      if (before.read(in) < 0) {
        throw new IOException("the task before this one has ended");
      }
    }
    sending.join();
  }
}
