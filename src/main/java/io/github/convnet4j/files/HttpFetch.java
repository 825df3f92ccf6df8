package io.github.convnet4j.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads one file from one URL, and never hangs if a server does.
 *
 * @param connectTimeout for making the connection
 * @param readTimeout for each wait for more bytes
 * @param fileTimeout for the whole file, because a server that sends slowly never reaches the other
 *     two
 */
record HttpFetch(Duration connectTimeout, Duration readTimeout, Duration fileTimeout) {
  private static final int BUFFER = 1 << 16;

  /**
   * Downloads the file to {@code target}, and forces it to the disk.
   *
   * @throws IOException if the server cannot be reached, stalls, or sends anything but this file
   */
  void fetch(URI address, RemoteFile file, Path target, DataListener listener) throws IOException {
    long start = System.nanoTime();
    if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new IOException("not an HTTP URL");
    }
    connection.setConnectTimeout((int) connectTimeout.toMillis());
    connection.setReadTimeout((int) readTimeout.toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("Connection", "close");
    try {
      int status = status(connection);
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("the server answered with status " + status);
      }
      try (InputStream in = connection.getInputStream();
          FileChannel out =
              FileChannel.open(
                  target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        copy(in, out, file, listener, start);
        out.force(true);
      }
    } finally {
      connection.disconnect();
    }
  }

  /**
   * Connects and waits for the status line. The connection's own timeouts cover neither a name
   * server that does not answer nor headers that arrive slowly, so this runs in a thread that is
   * abandoned after the timeout.
   */
  private int status(HttpURLConnection connection) throws IOException {
    FutureTask<Integer> task = new FutureTask<>(connection::getResponseCode);
    Thread thread = new Thread(task, "download");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(connectTimeout.plus(readTimeout).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw (IOException) new SocketTimeoutException().initCause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  private void copy(
      InputStream in, FileChannel out, RemoteFile file, DataListener listener, long start)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int n = read(in, buffer, bytes, file); n >= 0; n = read(in, buffer, bytes, file)) {
      bytes += n;
      if (bytes > file.size()) {
        throw new IOException("it is longer than the %d bytes expected".formatted(file.size()));
      }
      if (System.nanoTime() - start > fileTimeout.toNanos()) {
        throw new IOException(
            "it is too slow: %d of %d bytes in %d s"
                .formatted(bytes, file.size(), fileTimeout.toSeconds()));
      }
      digest.update(buffer, 0, n);
      ByteBuffer written = ByteBuffer.wrap(buffer, 0, n);
      while (written.hasRemaining()) {
        out.write(written);
      }
      listener.progress(file.name(), bytes, file.size());
    }
    if (bytes < file.size()) {
      throw cutOff(bytes, file, null);
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(file.sha256())) {
      throw new IOException(
          "its SHA-256 is %s, not %s: it is a different file".formatted(sha256, file.sha256()));
    }
  }

  /**
   * Newer JDKs throw an exception if a connection ends too early; older ones report the end of the
   * file.
   */
  private static int read(InputStream in, byte[] buffer, long before, RemoteFile file)
      throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw cutOff(before, file, e);
    }
  }

  private static IOException cutOff(long bytes, RemoteFile file, Throwable cause) {
    return new IOException(
        "it was cut off after %d of %d bytes".formatted(bytes, file.size()), cause);
  }
}
