/**
 * A server that answers requests over HTTP with the predictions of models: for browsers, for
 * clients of TensorFlow Serving and of the Open Inference Protocol, and for plain {@code POST}.
 * Start with {@link io.github.convnet4j.serve.ModelServer}.
 *
 * <p>It needs Jetty ({@code org.eclipse.jetty:jetty-server}), which projects that depend on this
 * library add themselves.
 */
package io.github.convnet4j.serve;
