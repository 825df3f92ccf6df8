/** Files on disk that belong together: replaced all at once, and checked when they are read. */
package io.github.convnet4j.store;
