package io.github.convnet4j.spark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.net.ExtendedSocketOptions;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/**
 * The connections of a task in a barrier stage to the tasks before and after it, through which all
 * of them take the mean of their variables. Each sends a part to the next task, adds what the one
 * before it has sent, and passes the sum on, until all tasks have all sums: a task sends and
 * receives less than twice the bytes of the variables, however many tasks there are.
 */
final class Ring implements AutoCloseable {
  /** Not every task of a large stage connects at the same time. */
  private static final int BACKLOG = 16;

  private static final int SECRET_BYTES = 16;

  /** How often a task that waits for another looks whether it has been killed. */
  private static final int WAIT_MILLIS = (int) Duration.ofSeconds(1).toMillis();

  /** How long a task that has connected may take to send the secret. */
  private static final int SECRET_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  /** How long another machine may take to accept a connection. */
  private static final int CONNECT_MILLIS = (int) Duration.ofMinutes(1).toMillis();

  /**
   * A machine that cannot be reached any more says nothing, just like one that still trains. So the
   * operating system asks after this many seconds without data, and gives up after two minutes, as
   * Spark does.
   */
  private static final int IDLE_SECONDS = 60;

  private static final int SECONDS_BETWEEN_PROBES = 10;
  private static final int PROBES = 6;

  private final BarrierTaskContext task;
  private final int index;
  private final int count;
  private final Socket before;
  private final Socket after;

  private Ring(BarrierTaskContext task, int count, Socket before, Socket after) {
    this.task = task;
    this.index = task.partitionId();
    this.count = count;
    this.before = before;
    this.after = after;
  }

  /** Connects this task with its neighbours. All tasks of the stage must call it. */
  static Ring connect(BarrierTaskContext task) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try (ServerSocket server = new ServerSocket(0, BACKLOG)) {
      server.setSoTimeout(WAIT_MILLIS);
      // Spark exchanges these through the driver, which takes about a second.
      Address own = new Address(host, server.getLocalPort(), HexFormat.of().formatHex(secret));
      String[] all = task.allGather(own.toString());
      Socket after = Address.parse(all[(task.partitionId() + 1) % all.length]).connect();
      try {
        return new Ring(task, all.length, accept(server, secret, task), after);
      } catch (IOException | RuntimeException e) {
        after.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a task cannot connect with its neighbours", e);
    }
  }

  /**
   * Where a task waits for the one before it.
   *
   * @param secret what the other must send first
   */
  private record Address(String host, int port, String secret) {
    static Address parse(String text) {
      String[] parts = text.split(" ", 3);
      return new Address(parts[0], Integer.parseInt(parts[1]), parts[2]);
    }

    Socket connect() throws IOException {
      IOException fault = new UnknownHostException(host);
      for (InetAddress address : InetAddress.getAllByName(host)) {
        Socket socket = new Socket();
        try {
          socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
          socket.setTcpNoDelay(true);
          keepAlive(socket);
          socket.getOutputStream().write(HexFormat.of().parseHex(secret));
          return socket;
        } catch (IOException e) {
          socket.close();
          fault = e;
        }
      }
      throw fault;
    }

    @Override
    public String toString() {
      return host + " " + port + " " + secret;
    }
  }

  /** Waits for the task before this one; whoever does not know the secret is turned away. */
  private static Socket accept(ServerSocket server, byte[] secret, BarrierTaskContext task)
      throws IOException {
    while (true) {
      task.killTaskIfInterrupted();
      try {
        Socket socket = server.accept();
        if (knows(secret, socket)) {
          keepAlive(socket);
          return socket;
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        // The task before this one is not there yet.
      }
    }
  }

  private static boolean knows(byte[] secret, Socket socket) {
    try {
      socket.setSoTimeout(SECRET_MILLIS);
      byte[] sent = socket.getInputStream().readNBytes(SECRET_BYTES);
      socket.setSoTimeout(WAIT_MILLIS);
      return MessageDigest.isEqual(secret, sent);
    } catch (IOException e) {
      return false; // Whoever it was has gone, or says nothing.
    }
  }

  private static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    Map<SocketOption<Integer>, Integer> times =
        Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_BETWEEN_PROBES,
            ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    for (Map.Entry<SocketOption<Integer>, Integer> time : times.entrySet()) {
      // Without them, Windows before version 10 asks after two hours.
      if (socket.supportedOptions().contains(time.getKey())) {
        socket.setOption(time.getKey(), time.getValue());
      }
    }
  }

  /**
   * Returns the mean of the variables of all tasks, with the progress of these. The sums are in
   * single precision, and each is computed by one task, so all tasks have the same bits.
   */
  Variables mean(Variables variables) {
    float[] sums = new float[variables.values().values().stream().mapToInt(v -> v.length).sum()];
    int at = 0;
    for (float[] floats : variables.values().values()) {
      System.arraycopy(floats, 0, sums, at, floats.length);
      at += floats.length;
    }
    try {
      add(sums);
    } catch (IOException e) {
      throw new UncheckedIOException("the task before or after this one has ended", e);
    }
    Map<String, float[]> means = new LinkedHashMap<>();
    at = 0;
    for (Map.Entry<String, float[]> each : variables.values().entrySet()) {
      float[] mean = Arrays.copyOfRange(sums, at, at + each.getValue().length);
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= count;
      }
      means.put(each.getKey(), mean);
      at += mean.length;
    }
    return new Variables(variables.progress(), means);
  }

  private void add(float[] sums) throws IOException {
    int part = (sums.length - 1) / count + 1;
    for (int step = 0; step < 2 * (count - 1); step++) {
      FloatBuffer sent = part(sums, index - step, part);
      byte[] bytes = new byte[sent.remaining() * Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().put(sent);
      // Sent while this task receives: with all tasks sending, none would read.
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(bytes));
      FloatBuffer own = part(sums, index - step - 1, part);
      FloatBuffer received = receive(own.remaining());
      boolean adds = step < count - 1;
      for (int i = own.position(); i < own.limit(); i++) {
        sums[i] = adds ? sums[i] + received.get() : received.get();
      }
      join(sending);
    }
  }

  /** Returns one of as many parts as there are tasks; the last ones may be smaller. */
  private FloatBuffer part(float[] all, int number, int size) {
    int from = Math.min(all.length, Math.floorMod(number, count) * size);
    return FloatBuffer.wrap(all, from, Math.min(all.length - from, size));
  }

  private void send(byte[] bytes) {
    try {
      OutputStream out = after.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FloatBuffer receive(int floats) throws IOException {
    byte[] bytes = new byte[floats * Float.BYTES];
    InputStream in = before.getInputStream();
    int got = 0;
    while (got < bytes.length) {
      task.killTaskIfInterrupted();
      try {
        int more = in.read(bytes, got, bytes.length - got);
        if (more < 0) {
          throw new EOFException("the connection was closed");
        }
        got += more;
      } catch (SocketTimeoutException e) {
        // The task before this one still trains.
      }
    }
    return ByteBuffer.wrap(bytes).asFloatBuffer();
  }

  private void join(CompletableFuture<Void> sending) throws IOException {
    while (true) {
      task.killTaskIfInterrupted();
      try {
        sending.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // The task after this one still receives.
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    try {
      try {
        before.close();
      } finally {
        after.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
