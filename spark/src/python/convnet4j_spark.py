"""Image classification in PySpark: the Java classes, as stages of PySpark's own pipelines."""

from pyspark import keyword_only
from pyspark.ml.common import inherit_doc
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel

_PACKAGE = "io.github.convnet4j.spark."


class _Reader(JavaMLReader):
    """Finds the Java class, which is not in a package that mirrors Python's."""

    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + clazz.__name__


def _param(name, doc, converter):
    return Param(Params._dummy(), name, doc, converter)


@inherit_doc
class ImageModel(JavaModel, JavaMLReadable, JavaMLWritable):
    """Classifies the images of a column.

    >>> model = ImageModel.fromFolder("my-digits")
    >>> model.set(model.topK, 3)
    >>> model.transform(spark.read.format("binaryFile").load("pictures"))
    """

    inputCol = _param("inputCol", "the column with the images", TypeConverters.toString)
    outputCol = _param("outputCol", "the new column", TypeConverters.toString)
    topK = _param("topK", "how many classes to list", TypeConverters.toInt)
    batchSize = _param("batchSize", "rows at a time", TypeConverters.toInt)

    @classmethod
    def fromFolder(cls, folder):
        """Returns a model that the library has saved."""
        return cls._from_java(cls._new_java_class().fromFolder(folder))

    @staticmethod
    def _new_java_class():
        from pyspark.sql import SparkSession

        return getattr(SparkSession.active()._jvm, _PACKAGE + "ImageModel")

    @classmethod
    def _from_java(cls, java_stage):
        stage = cls(java_stage)
        stage._resetUid(java_stage.uid())
        stage._transfer_params_from_java()
        return stage

    @classmethod
    def read(cls):
        return _Reader(cls)


@inherit_doc
class ImageClassifier(JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Trains a network on the images of a table.

    >>> ImageClassifier(network=json, epochs=5, shards=8).fit(table)
    """

    inputCol = _param("inputCol", "the column with the images", TypeConverters.toString)
    labelCol = _param("labelCol", "the column with the classes", TypeConverters.toString)
    outputCol = _param("outputCol", "the model's new column", TypeConverters.toString)
    network = _param("network", "the network in JSON", TypeConverters.toString)
    startModel = _param("startModel", "a saved model to start from", TypeConverters.toString)
    optimizer = _param("optimizer", "adam, sgd, …", TypeConverters.toString)
    learningRate = _param("learningRate", "the learning rate", TypeConverters.toFloat)
    epochs = _param("epochs", "passes over the examples", TypeConverters.toInt)
    batchSize = _param("batchSize", "examples per step and task", TypeConverters.toInt)
    stepsPerRound = _param("stepsPerRound", "steps between averages", TypeConverters.toInt)
    averaging = _param("averaging", "tree or ring", TypeConverters.toString)
    averageOptimizer = _param("averageOptimizer", "average its state", TypeConverters.toBoolean)
    shards = _param("shards", "tasks at the same time", TypeConverters.toInt)
    fanIn = _param("fanIn", "results averaged at once", TypeConverters.toInt)
    validationShare = _param("validationShare", "share held out", TypeConverters.toFloat)
    patience = _param("patience", "epochs without progress", TypeConverters.toInt)
    checkpointDir = _param("checkpointDir", "folder for the state", TypeConverters.toString)
    skipBadRows = _param("skipBadRows", "leave out bad rows", TypeConverters.toBoolean)
    classNames = _param("classNames", "names of the classes", TypeConverters.toListString)
    seed = _param("seed", "seed of everything random", TypeConverters.toInt)

    @keyword_only
    def __init__(self, **params):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + "ImageClassifier", self.uid)
        self._set(**params)

    def _create_model(self, java_model):
        return ImageModel._from_java(java_model)

    @classmethod
    def read(cls):
        return _Reader(cls)
