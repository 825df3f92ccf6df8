package io.github.convnet4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The configuration of a model, or of a model within another one.
 *
 * @param className {@code Functional} or {@code Sequential}
 * @param sequential whether each layer is applied to the one before it
 * @param layers in the order of the file
 * @param inputs the inputs' layers; none in a Sequential
 * @param outputs the outputs; none in a Sequential
 * @param builtFor the shape for which a Sequential was built, with the batch; missing if unknown
 */
record ModelEntry(
    String className,
    boolean sequential,
    List<LayerEntry> layers,
    List<LayerCall.Tensor> inputs,
    List<LayerCall.Tensor> outputs,
    JsonNode builtFor) {}
