/** Data sets read from files: folders of pictures, tables, and the formats of other programs. */
package io.github.convnet4j.files;
