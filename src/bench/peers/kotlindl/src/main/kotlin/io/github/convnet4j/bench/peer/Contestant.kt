/** KotlinDL, Sequential and fit. Arguments: NET FOLDER. */
@file:JvmName("Contestant")

package io.github.convnet4j.bench.peer

import io.github.convnet4j.bench.contestant.Conversation
import io.github.convnet4j.bench.contestant.Work
import java.nio.file.Path
import kotlin.system.exitProcess
import org.jetbrains.kotlinx.dl.api.core.Sequential
import org.jetbrains.kotlinx.dl.api.core.activation.Activations
import org.jetbrains.kotlinx.dl.api.core.callback.Callback
import org.jetbrains.kotlinx.dl.api.core.history.BatchTrainingEvent
import org.jetbrains.kotlinx.dl.api.core.history.TrainingHistory
import org.jetbrains.kotlinx.dl.api.core.initializer.GlorotUniform
import org.jetbrains.kotlinx.dl.api.core.initializer.RandomNormal
import org.jetbrains.kotlinx.dl.api.core.layer.Layer
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.Conv2D
import org.jetbrains.kotlinx.dl.api.core.layer.convolutional.ConvPadding
import org.jetbrains.kotlinx.dl.api.core.layer.core.Dense
import org.jetbrains.kotlinx.dl.api.core.layer.core.Input
import org.jetbrains.kotlinx.dl.api.core.layer.pooling.MaxPool2D
import org.jetbrains.kotlinx.dl.api.core.layer.regularization.Dropout
import org.jetbrains.kotlinx.dl.api.core.layer.reshaping.Flatten
import org.jetbrains.kotlinx.dl.api.core.loss.Losses
import org.jetbrains.kotlinx.dl.api.core.metric.Metrics
import org.jetbrains.kotlinx.dl.api.core.optimizer.Adam
import org.jetbrains.kotlinx.dl.dataset.OnHeapDataset

/** Each layer adds its own number: with the same seed for all layers, Ex11_9 does not learn. */
private const val SEED = 777L
private const val LEARNING_RATE = 0.001f

/** Has no effect: in KotlinDL 0.4.0, Dropout returns its input unchanged, in training too. */
private const val DROPOUT = 0.3f
private const val EVALUATED_AT_ONCE = 500

private fun conv(filters: Int, dropout: Boolean): List<Layer> {
    val conv =
        Conv2D(
            filters = filters,
            kernelSize = 3,
            strides = 1,
            activation = Activations.Relu,
            kernelInitializer = RandomNormal(0f, 0.01f, SEED + filters),
            padding = ConvPadding.SAME,
            useBias = false,
        )
    val pool = MaxPool2D(poolSize = 2, strides = 2, padding = ConvPadding.SAME)
    return listOf(conv, pool) + if (dropout) listOf(Dropout(DROPOUT, SEED)) else listOf()
}

private fun dense(units: Int, activation: Activations) =
    Dense(
        outputSize = units,
        activation = activation,
        kernelInitializer = GlorotUniform(SEED + units),
        biasInitializer = RandomNormal(0f, 1f, SEED + units),
    )

private fun layers(net: String, classes: Int): List<Layer> {
    val logits = dense(classes, Activations.Linear)
    return if (net == "ex11_9") {
        conv(32, true) + conv(64, true) + conv(128, true) + Flatten() +
            dense(625, Activations.Relu) + Dropout(DROPOUT, SEED) + logits
    } else {
        conv(32, false) + conv(64, false) + Flatten() + logits
    }
}

/** Ends fit: there is no other way to end it in the middle of an epoch. */
private class Over : RuntimeException()

/** Pauses fit between the runner's requests. */
private class Steps(private val talk: Conversation, private val steps: Int) : Callback() {
    override fun onTrainBatchBegin(batch: Int, batchSize: Int, logs: TrainingHistory) {
        if (batch == 0) awaitLeave()
    }

    override fun onTrainBatchEnd(
        batch: Int,
        batchSize: Int,
        event: BatchTrainingEvent,
        logs: TrainingHistory,
    ) {
        talk.stepDone(event.lossValue)
        if (batch + 1 < steps) awaitLeave()
    }

    private fun awaitLeave() {
        if (!talk.nextStep()) throw Over()
    }
}

private fun features(part: Work.Part) = Array(part.size()) { part.floats(it) }

fun main(args: Array<String>) {
    val (net, folder) = args
    val work = Work.read(Path.of(folder))
    val train = features(work.train())
    val test = features(work.test())
    val testLabels = work.test().labels()
    val input = Input(work.train().height().toLong(), work.train().width().toLong(), 1L)
    val model = Sequential.of(listOf<Layer>(input) + layers(net, work.classes()))
    val adam = Adam(learningRate = LEARNING_RATE, epsilon = 1e-8f)
    model.compile(adam, Losses.SOFT_MAX_CROSS_ENTROPY_WITH_LOGITS, Metrics.ACCURACY)
    model.init()

    val evaluated = OnHeapDataset.create(test, FloatArray(test.size) { testLabels[it].toFloat() })
    val trained =
        object : Conversation.Trained {
            override fun evaluate() =
                model.predict(evaluated, EVALUATED_AT_ONCE).withIndex().count {
                    it.value == testLabels[it.index]
                }

            override fun predict(image: Int) = model.predict(test[image]) == testLabels[image]
        }
    val talk = Conversation.open("KotlinDL 0.4.0 on TensorFlow 1.15", trained)
    val images = train.size
    val steps = Steps(talk, images / Work.BATCH_SIZE)
    try {
        for (from in work.order().indices step images) {
            val order = work.order().copyOfRange(from, from + images)
            val epoch =
                OnHeapDataset.create(
                    Array(images) { train[order[it]] },
                    FloatArray(images) { work.train().labels()[order[it]].toFloat() },
                )
            model.fit(epoch, epochs = 1, batchSize = Work.BATCH_SIZE, callbacks = listOf(steps))
        }
    } catch (over: Over) {
        // Its threads would keep the process alive.
        exitProcess(0)
    }
}
