package io.github.convnet4j.files;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file with the decoded images of a list of files. It has a header, the values of each image in
 * the order of the names of the files, and an index, which says for each file
 *
 * <ul>
 *   <li>its name, and its length and time when it was decoded,
 *   <li>why it could not be decoded, or else a checksum of its values and a summary of them.
 * </ul>
 *
 * <p>The file is written under another name and renamed when it is complete. It never changes
 * afterwards, so programs may read it while another one replaces it.
 *
 * @param file where it is
 * @param valuesPerImage number of bytes of each image
 * @param summaryLength number of bytes of the summary of each image
 */
record CacheFile(Path file, int valuesPerImage, int summaryLength) {
  private static final long MAGIC = 0x43344a504958454cL; // "C4JPIXEL"

  /** To be raised when the structure changes, or the same file is decoded to other values. */
  private static final int VERSION = 1;

  /** Where the first image starts: at the second page of memory. */
  static final int START = 4096;

  private static final int HEADER = 48;
  private static final String UNFINISHED = ".unfinished-";
  private static final int LONGEST_FAULT = 1000;

  /**
   * What identifies each image: the file that it is decoded from, and others that it depends on.
   *
   * @param byName the numbers of the files in the order of their names
   */
  @SuppressWarnings("ArrayRecordComponent") // Identities are not compared.
  record Identity(FileList files, FileList others, int[] byName) {
    static Identity of(FileList files, FileList others) {
      return new Identity(files, others, files.byName());
    }

    int size() {
      return files.size();
    }
  }

  /** What an index says about the files of a list. */
  static final class Index {
    private static final int ABSENT = -1;

    /** The position of each file's image, if the file has not changed since. */
    private final int[] records;

    private final int[] checksums;
    private final byte[] summaries;
    private final int summaryLength;
    private final SortedMap<Integer, String> faults = new TreeMap<>();

    private Index(int size, int summaryLength) {
      this.records = new int[size];
      Arrays.fill(records, ABSENT);
      this.checksums = new int[size];
      this.summaryLength = summaryLength;
      this.summaries = new byte[Math.multiplyExact(size, summaryLength)];
    }

    /** Whether it says something about each file. */
    boolean isComplete() {
      for (int i = 0; i < records.length; i++) {
        if (records[i] == ABSENT && !faults.containsKey(i)) {
          return false;
        }
      }
      return true;
    }

    boolean has(int file) {
      return records[file] != ABSENT;
    }

    int record(int file) {
      return records[file];
    }

    int checksum(int file) {
      return checksums[file];
    }

    byte[] summary(int file) {
      return Arrays.copyOfRange(summaries, file * summaryLength, (file + 1) * summaryLength);
    }

    /** Returns why files could not be decoded. */
    SortedMap<Integer, String> faults() {
      return faults;
    }

    void set(int file, int record, int checksum, byte[] summary) {
      records[file] = record;
      checksums[file] = checksum;
      System.arraycopy(summary, 0, summaries, file * summaryLength, summaryLength);
    }
  }

  /** Returns an index that says nothing about any file. */
  Index emptyIndex(Identity identity) {
    return new Index(identity.size(), summaryLength);
  }

  /** Returns where an image starts. */
  long position(int record) {
    return START + (long) record * valuesPerImage;
  }

  /** Returns about how many bytes the file takes. */
  long bytes(int images) {
    int entry = 100 + summaryLength;
    return position(images) + (long) images * entry;
  }

  static int checksum(byte[] values) {
    CRC32C sum = new CRC32C();
    sum.update(values);
    return (int) sum.getValue();
  }

  /**
   * Reads what the index says about files that have not changed since.
   *
   * @return nothing if there is no such file, or it is damaged or of another version
   */
  Optional<Index> read(Identity identity) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      while (header.hasRemaining() && channel.read(header) >= 0) {}
      if (header.hasRemaining()) {
        return Optional.empty();
      }
      header.flip();
      int sum = header.getInt(HEADER - Integer.BYTES);
      byte[] summed = Arrays.copyOf(header.array(), HEADER - Integer.BYTES);
      if (header.getLong() != MAGIC
          || header.getInt() != VERSION
          || sum != checksum(summed)
          || header.getInt() != valuesPerImage
          || header.getInt() != summaryLength) {
        return Optional.empty();
      }
      int count = header.getInt();
      long length = header.getLong();
      int indexSum = header.getInt();
      if (channel.size() != position(count) + length) {
        return Optional.empty();
      }
      channel.position(position(count));
      CheckedInputStream checked =
          new CheckedInputStream(
              new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), new CRC32C());
      Index index;
      try {
        index = readIndex(identity, count, new DataInputStream(checked));
      } catch (EOFException | UTFDataFormatException e) {
        return Optional.empty();
      }
      boolean whole = (int) checked.getChecksum().getValue() == indexSum;
      return whole ? Optional.of(index) : Optional.empty();
    }
  }

  private Index readIndex(Identity identity, int count, DataInputStream in) throws IOException {
    Index index = emptyIndex(identity);
    FileList files = identity.files();
    int at = 0;
    for (int record = 0; record < count; record++) {
      String name = in.readUTF();
      long[] stamps = {in.readLong(), in.readLong(), in.readLong(), in.readLong()};
      String fault = in.readUTF();
      int sum = in.readInt();
      byte[] summary = new byte[summaryLength];
      in.readFully(summary);
      while (at < identity.size() && files.name(identity.byName()[at]).compareTo(name) < 0) {
        at++;
      }
      if (at == identity.size()) {
        continue;
      }
      int number = identity.byName()[at];
      if (files.name(number).equals(name) && Arrays.equals(stamps, stamps(identity, number))) {
        if (fault.isEmpty()) {
          index.set(number, record, sum, summary);
        } else {
          index.faults.put(number, fault);
        }
      }
    }
    return index;
  }

  private static long[] stamps(Identity identity, int file) {
    FileList files = identity.files();
    FileList others = identity.others();
    return new long[] {
      files.length(file), files.modified(file), others.length(file), others.modified(file)
    };
  }

  /** Writes a new file, which replaces the old one when it is complete. */
  final class Writer implements AutoCloseable {
    private final Index old;
    private final Optional<FileChannel> oldChannel;
    private final Path unfinished;
    private final FileChannel channel;

    /**
     * Starts the file under another name. Only one program at a time may do so.
     *
     * @param old the index of the old file
     */
    Writer(Index old) throws IOException {
      this.old = old;
      oldChannel =
          IntStream.of(old.records).anyMatch(record -> record != Index.ABSENT)
              ? Optional.of(FileChannel.open(file, StandardOpenOption.READ))
              : Optional.empty();
      unfinished = file.resolveSibling(UNFINISHED + file.getFileName());
      channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    }

    /**
     * Returns an image of the old file, if it is there and undamaged.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    Optional<byte[]> old(int number) {
      if (!old.has(number)) {
        return Optional.empty();
      }
      ByteBuffer values = ByteBuffer.allocate(valuesPerImage);
      long start = position(old.record(number));
      try {
        int read = 0;
        while (values.hasRemaining() && read >= 0) {
          read = oldChannel.orElseThrow().read(values, start + values.position());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return checksum(values.array()) == old.checksum(number)
          ? Optional.of(values.array())
          : Optional.empty();
    }

    /**
     * Writes an image. Several threads may do so.
     *
     * @throws UncheckedIOException if that fails
     */
    void put(int record, byte[] values) {
      try {
        write(position(record), values);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(long position, byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, position + buffer.position());
      }
    }

    /**
     * Writes the index, and replaces the old file.
     *
     * @param index what is known about each file
     */
    void finish(Identity identity, Index index) throws IOException {
      long start = position(identity.size());
      channel.position(start);
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32C());
      writeIndex(identity, index, checked);
      checked.flush();
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      header
          .putLong(MAGIC)
          .putInt(VERSION)
          .putInt(valuesPerImage)
          .putInt(summaryLength)
          .putInt(identity.size())
          .putLong(channel.position() - start)
          .putInt((int) checked.getChecksum().getValue());
      byte[] summed = Arrays.copyOf(header.array(), HEADER - Integer.BYTES);
      header.putInt(HEADER - Integer.BYTES, checksum(summed));
      write(0, header.array());
      channel.force(true);
      closeChannels();
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeIndex(Identity identity, Index index, OutputStream to) throws IOException {
      DataOutputStream out = new DataOutputStream(to);
      for (int number : identity.byName()) {
        out.writeUTF(identity.files().name(number));
        for (long stamp : stamps(identity, number)) {
          out.writeLong(stamp);
        }
        String fault = index.faults.getOrDefault(number, "");
        out.writeUTF(fault.length() > LONGEST_FAULT ? fault.substring(0, LONGEST_FAULT) : fault);
        out.writeInt(index.checksums[number]);
        out.write(index.summary(number));
      }
      out.flush();
    }

    private void closeChannels() throws IOException {
      channel.close();
      if (oldChannel.isPresent()) {
        oldChannel.get().close();
      }
    }

    /** Deletes the file unless it is complete. */
    @Override
    public void close() throws IOException {
      closeChannels();
      Files.deleteIfExists(unfinished);
    }
  }

  /** Makes the file invalid, so that it is written again when it is needed next time. */
  void discard() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Long.BYTES), 0);
    }
  }
}
