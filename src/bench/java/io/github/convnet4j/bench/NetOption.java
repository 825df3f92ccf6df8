package io.github.convnet4j.bench;

import picocli.CommandLine.Option;

/** The option that says which network is measured. */
public final class NetOption {
  /** The lecture's two networks, and one with batch normalization. */
  public enum Net {
    ex11_8,
    ex11_9,
    ex11_10
  }

  /** The names of the networks, for descriptions of options. */
  public static final String NETS = "ex11_8|ex11_9|ex11_10";

  @Option(
      names = "--net",
      paramLabel = NETS,
      description = "the network (default: ${DEFAULT-VALUE})")
  private Net net = Net.ex11_9;

  /** Returns the name of the network. */
  public String net() {
    return net.name();
  }
}
