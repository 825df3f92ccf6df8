package io.github.convnet4j.serve;

import io.github.convnet4j.data.HeapLimit;
import io.github.convnet4j.picture.Picture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * How much of the heap requests may take, together and each of them, so that many requests at the
 * same time cannot exhaust it. What a request will take is judged before it is taken.
 */
final class Memory {
  /** Bodies that have arrived, and parts of those that are arriving. */
  private static final int SHARE_OF_BODIES = 8;

  /** All that is made of the bodies. */
  private static final int SHARE_OF_WORK = 2;

  private static final int SHARE_OF_PICTURE = 4;

  /** Larger pictures are refused however large the heap is: networks see none of the detail. */
  private static final long MOST_OF_PICTURE = 512 << 20;

  private final long mostOfPicture;
  private final Part bodies;
  private final Part work;

  private Memory(long heap) {
    mostOfPicture = Math.min(heap / SHARE_OF_PICTURE, MOST_OF_PICTURE);
    bodies = new Part(heap / SHARE_OF_BODIES);
    work = new Part(heap / SHARE_OF_WORK);
  }

  static Memory ofProcess() {
    return of(Runtime.getRuntime().maxMemory());
  }

  /** Returns the memory of a heap of this many bytes. */
  static Memory of(long heap) {
    return new Memory(heap);
  }

  /** A part of the heap. */
  private static final class Part {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    Part(long most) {
      this.most = most;
    }

    void take(long bytes) {
      if (bytes > most) {
        throw Refusal.tooLarge(
            "the request takes about %d MB of memory, but only %d MB are for requests: send less at a time, or give Java a larger heap with -Xmx"
                .formatted(HeapLimit.megabytes(bytes), HeapLimit.megabytes(most)));
      }
      if (held.addAndGet(bytes) > most) {
        held.addAndGet(-bytes);
        throw Refusal.busy("requests take all memory that there is for them: try again later");
      }
    }

    void give(long bytes) {
      held.addAndGet(-bytes);
    }
  }

  /**
   * Decodes a picture, once there is as much memory as its header says it takes.
   *
   * @param file the content of a picture file
   * @throws Refusal if it needs more than a picture may take, or than there is at present
   * @throws io.github.convnet4j.data.DataException if it is not a picture
   */
  <T> T decoded(byte[] file, Function<byte[], T> decode) {
    long bytes = Picture.decodingBytes(file);
    if (bytes > mostOfPicture) {
      throw Refusal.tooLarge(
          "the picture takes %d MB to decode, but this server decodes only pictures of up to %d MB: give a smaller picture"
              .formatted(HeapLimit.megabytes(bytes), HeapLimit.megabytes(mostOfPicture)));
    }
    work.take(bytes);
    try {
      return decode.apply(file);
    } finally {
      work.give(bytes);
    }
  }

  /** Returns what a request is going to hold, at first nothing. */
  OfRequest request() {
    return new OfRequest();
  }

  /** What a request holds until it is answered. */
  final class OfRequest implements AutoCloseable {
    private long inBodies; // guarded by this
    private long inWork; // guarded by this
    private boolean closed; // guarded by this

    private OfRequest() {}

    /**
     * Takes memory for the next bytes of the body.
     *
     * @throws Refusal if there is not enough at present
     */
    synchronized void takeForBody(long bytes) {
      if (!closed) {
        bodies.take(bytes);
        inBodies += bytes;
      }
    }

    /**
     * Takes memory for what is made of the body.
     *
     * @throws Refusal if a request cannot have so much, or there is not enough at present
     */
    synchronized void take(long bytes) {
      if (!closed) {
        work.take(bytes);
        inWork += bytes;
      }
    }

    /** Gives everything back. Closing again has no effect. */
    @Override
    public synchronized void close() {
      closed = true;
      bodies.give(inBodies);
      work.give(inWork);
      inBodies = 0;
      inWork = 0;
    }
  }
}
