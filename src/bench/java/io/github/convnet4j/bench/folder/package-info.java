/** Training on pictures in files, which are decoded during the steps. */
package io.github.convnet4j.bench.folder;
