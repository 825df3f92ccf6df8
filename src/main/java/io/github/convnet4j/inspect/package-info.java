/**
 * Shows what a model has learned, as plain numbers: the outputs of its layers ({@link
 * io.github.convnet4j.inspect.LayerOutput}), which parts of an image are evidence for a class
 * ({@link io.github.convnet4j.inspect.Saliency}, {@link io.github.convnet4j.inspect.GradCam}),
 * embeddings of images ({@link io.github.convnet4j.inspect.Embeddings}, {@link
 * io.github.convnet4j.inspect.PrincipalComponents}) and its mistakes ({@link
 * io.github.convnet4j.inspect.TestResult}).
 */
package io.github.convnet4j.inspect;
