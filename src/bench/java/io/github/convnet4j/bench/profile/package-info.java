/** What a training step is made of: its operations and their time. */
package io.github.convnet4j.bench.profile;
