package io.github.convnet4j.serve;

import org.eclipse.jetty.io.Content;

/** The body of a request, for which memory is taken as it arrives. */
final class CountedBody implements Content.Source {
  private final Content.Source body;
  private final Memory.OfRequest memory;

  CountedBody(Content.Source body, Memory.OfRequest memory) {
    this.body = body;
    this.memory = memory;
  }

  @Override
  public Content.Chunk read() {
    Content.Chunk chunk = body.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      return chunk;
    }
    try {
      memory.takeForBody(chunk.remaining());
      return chunk;
    } catch (Refusal e) {
      chunk.release();
      body.fail(e);
      return Content.Chunk.from(e);
    }
  }

  @Override
  public long getLength() {
    return body.getLength();
  }

  @Override
  public void demand(Runnable available) {
    body.demand(available);
  }

  @Override
  public void fail(Throwable fault) {
    body.fail(fault);
  }
}
