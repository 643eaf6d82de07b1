package dev.lockstep.dl4j;

import dev.lockstep.dl4j.data.Dealt;
import dev.lockstep.dl4j.fit.Fit;
import dev.lockstep.dl4j.fit.FitTimes;
import dev.lockstep.dl4j.fit.StepScores;
import dev.lockstep.dl4j.net.Net;
import dev.lockstep.driver.train.ReadJob;
import dev.lockstep.driver.train.SumJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains networks of Deeplearning4j on Spark synchronously: each step is the one that {@code net.fit} would make of the
 * same global batch, of {@code workers · batchSizePerWorker} examples in the order of the RDD.
 *
 * <pre>
 *   TrainingMaster&lt;?, ?&gt; master = new LockstepTrainingMaster.Builder(32).workers(4).build();
 *   new SparkDl4jMultiLayer(spark, configuration, master).fit(examples);
 * </pre>
 *
 * <p>Listeners are called in the driver after each step, with the score of its whole batch. An RDD that is fitted again
 * is not read again: its examples stay dealt until another is fitted, or {@link #deleteTempFiles} lets them go. One
 * thread at a time.
 */
public final class LockstepTrainingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private final Settings settings;
    private final List<TrainingHook> hooks;
    private List<TrainingListener> listeners = List.of();
    private boolean collects;
    private FitTimes times;
    private LastDealt last;

    /** @param rdd of which all this is */
    private record LastDealt(SparkContext spark, int rdd, int workers, Dealt data) {}

    private LockstepTrainingMaster(Settings settings, boolean collects, List<TrainingHook> hooks) {
        this.settings = settings;
        this.hooks = new ArrayList<>(hooks);
        setCollectTrainingStats(collects);
    }

    /** Settings of a master, each with a default but the first. */
    public static final class Builder {
        private final int batchSizePerWorker;
        private Integer workers;
        private boolean libtorch;
        private boolean collects;
        private final List<TrainingHook> hooks = new ArrayList<>();

        /** @param batchSizePerWorker a worker's examples of each batch; data sets of an RDD may have any number */
        public Builder(int batchSizePerWorker) {
            this.batchSizePerWorker = batchSizePerWorker;
        }

        /** How many compute each batch together: tasks that run at the same time. Default: Spark's parallelism. */
        public Builder workers(int changed) {
            workers = changed;
            return this;
        }

        /**
         * Whether libtorch computes forward and backward of every layer, which is faster for convolutions, and all else
         * stays Deeplearning4j's. It rounds otherwise. Networks with a layer that it cannot have are refused. Default:
         * false.
         */
        public Builder libtorch(boolean changed) {
            libtorch = changed;
            return this;
        }

        /** Whether {@link #getTrainingStats} has the times of each step. Default: false. */
        public Builder collectTrainingStats(boolean changed) {
            collects = changed;
            return this;
        }

        /** Called by every worker before and after its part of each batch. */
        public Builder trainingHooks(TrainingHook... added) {
            hooks.addAll(Arrays.asList(added));
            return this;
        }

        public LockstepTrainingMaster build() {
            return new LockstepTrainingMaster(new Settings(workers, batchSizePerWorker, libtorch), collects, hooks);
        }
    }

    /** A master with the settings that {@link #toJson} gave. */
    public static LockstepTrainingMaster fromJson(String json) {
        return new LockstepTrainingMaster(Settings.fromJson(json), /* collects */ false, List.of());
    }

    /** A master with the settings that {@link #toYaml} gave. */
    public static LockstepTrainingMaster fromYaml(String yaml) {
        return new LockstepTrainingMaster(Settings.fromYaml(yaml), /* collects */ false, List.of());
    }

    @Override
    public String toJson() {
        return settings.toJson();
    }

    @Override
    public String toYaml() {
        return settings.toYaml();
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
        network.setScore(fit(
                network.getSparkContext(),
                Net.of(network.getNetwork()),
                trainingData,
                trainingData.map(DataSet::toMultiDataSet)));
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
        graph.setScore(fit(
                graph.getSparkContext(),
                Net.of(graph.getNetwork()),
                trainingData,
                trainingData.map(DataSet::toMultiDataSet)));
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
        graph.setScore(fit(graph.getSparkContext(), Net.of(graph.getNetwork()), trainingData, trainingData));
    }

    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> trainingDataPaths,
            DataSetLoader dsLoader,
            MultiDataSetLoader mdsLoader) {
        if (dsLoader == null && mdsLoader == null) {
            throw new IllegalArgumentException("Paths need a loader: dsLoader=null, mdsLoader=null");
        }
        JavaSparkContext spark = network == null ? graph.getSparkContext() : network.getSparkContext();
        RemoteFileSourceFactory files = new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark));
        JavaRDD<MultiDataSet> data = dsLoader == null
                ? trainingDataPaths.map(path -> mdsLoader.load(files.getSource(path)))
                : trainingDataPaths.map(
                        path -> dsLoader.load(files.getSource(path)).toMultiDataSet());
        if (network == null) {
            graph.setScore(fit(spark, Net.of(graph.getNetwork()), trainingDataPaths, data));
        } else {
            network.setScore(fit(spark, Net.of(network.getNetwork()), trainingDataPaths, data));
        }
    }

    /** Returns the score of the last batch. */
    private double fit(JavaSparkContext spark, Net net, JavaRDD<?> source, JavaRDD<MultiDataSet> data) {
        Fit.require(net);
        keep(net.model().params());
        int workers = settings.workers() == null ? spark.defaultParallelism() : settings.workers();
        SumJob.requireRoom(spark, workers);
        long beganMs = System.currentTimeMillis();
        Dealt dealt = dealt(source, data, workers);
        times.addData(beganMs);

        long startedMs = System.currentTimeMillis();
        StepScores scores = new StepScores(net, listeners, times);
        double score = new Fit(spark, workers, List.copyOf(hooks), settings.libtorch()).run(net, dealt, scores);
        times.addFit(startedMs);
        Nd4j.getExecutioner().commit();
        return score;
    }

    /**
     * Deeplearning4j's scoring and evaluation broadcast the network's own parameters. When Spark forgets a broadcast,
     * it closes what can be closed, at whatever time the garbage collector chooses; a constant cannot, and is written
     * to as before.
     */
    private static void keep(INDArray parameters) {
        parameters.data().setConstant(true);
    }

    private Dealt dealt(JavaRDD<?> source, JavaRDD<MultiDataSet> data, int workers) {
        boolean isLast = last != null
                && last.spark() == source.context()
                && last.rdd() == source.id()
                && last.workers() == workers;
        if (!isLast) {
            forget();
            int batch = Math.multiplyExact(workers, settings.batchSizePerWorker());
            Dealt dealt = ReadJob.run(
                    JavaSparkContext.fromSparkContext(source.context()),
                    Fit.NAME,
                    () -> Dealt.of(data, workers, batch));
            last = new LastDealt(source.context(), source.id(), workers, dealt);
        }
        return last.data();
    }

    private void forget() {
        if (last != null && !last.spark().isStopped()) {
            last.data().close();
        }
        last = null;
    }

    @Override
    public void addHook(TrainingHook trainingHook) {
        hooks.add(trainingHook);
    }

    @Override
    public void removeHook(TrainingHook trainingHook) {
        hooks.remove(trainingHook);
    }

    @Override
    public void setListeners(Collection<TrainingListener> changed) {
        setListeners(null, changed);
    }

    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> changed) {
        listeners = changed == null ? List.of() : List.copyOf(changed);
        for (TrainingListener listener : listeners) {
            if (router != null && listener instanceof RoutingIterationListener routing) {
                routing.setStorageRouter(router);
            }
        }
    }

    @Override
    public void setCollectTrainingStats(boolean changed) {
        collects = changed;
        times = new FitTimes(collects);
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return collects;
    }

    @Override
    public SparkTrainingStats getTrainingStats() {
        return times;
    }

    /** Lets go of the examples that were dealt; there are no files. */
    @Override
    public boolean deleteTempFiles(JavaSparkContext sc) {
        forget();
        return true;
    }

    @Override
    public boolean deleteTempFiles(SparkContext sc) {
        forget();
        return true;
    }

    /** @throws UnsupportedOperationException always: nobody calls it but Deeplearning4j's own masters */
    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw noWorker();
    }

    /** @throws UnsupportedOperationException always: nobody calls it but Deeplearning4j's own masters */
    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw noWorker();
    }

    private static UnsupportedOperationException noWorker() {
        return new UnsupportedOperationException("Lockstep's workers are Spark tasks, and no TrainingWorker");
    }
}
