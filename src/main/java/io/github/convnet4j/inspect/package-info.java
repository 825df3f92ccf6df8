/**
 * What a classifier has learned, as numbers on the heap: what its layers give for an image ({@link
 * io.github.convnet4j.inspect.LayerOutput}), what speaks for a class ({@link
 * io.github.convnet4j.inspect.Saliency}, {@link io.github.convnet4j.inspect.GradCam}), where images
 * lie for it ({@link io.github.convnet4j.inspect.Embeddings}, {@link
 * io.github.convnet4j.inspect.PrincipalComponents}) and what it gets wrong ({@link
 * io.github.convnet4j.inspect.TestResult}).
 */
package io.github.convnet4j.inspect;
