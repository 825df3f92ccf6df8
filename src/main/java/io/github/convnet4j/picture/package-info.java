/** Pictures: how files are decoded, and how pictures are converted to what a network takes. */
package io.github.convnet4j.picture;
