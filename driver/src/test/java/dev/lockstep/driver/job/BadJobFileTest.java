package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.JobFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a good job file in which one line was changed. */
class BadJobFileTest {
    private static final List<String> GOOD = List.of(
            "name: digits", // 1
            "data:", // 2
            "  train: {path: digits.csv, format: csv, options: {header: true}}", // 3
            "  validation: {fraction: 0.1}", // 4
            "  features: x0..x63", // 5
            "  label: label", // 6
            "  shape: [1, 8, 8]", // 7
            "model:", // 8
            "  layers: [conv2d: {out: 4, kernel: 3}, relu, max_pool2d: 2, flatten, linear: 10]", // 9
            "init: {weight: kaiming_normal, bias: zeros}", // 10
            "loss: cross_entropy", // 11
            "regularization: {l2: 1.0e-4}", // 12
            "optimizer: {adam: {lr: 1.0e-3}, groups: {'*.bias': {lr: 0.1}}}", // 13
            "clip: {norm: 1.0}", // 14
            "train: {epochs: 2, batch: 64, workers: 2}", // 15
            "metrics: [accuracy]", // 16
            "checkpoint: {every: 1 epoch, keep: 3}"); // 17

    @TempDir
    Path folder;

    private JobFileException thrown(int line, String changed, String... settings) throws Exception {
        List<String> lines = new ArrayList<>(GOOD);
        lines.set(line - 1, changed.replace("\\n", "\n"));
        Path file = folder.resolve("job.yaml");
        Files.write(file, lines);
        return assertThrows(JobFileException.class, () -> JobFile.read(file, List.of(settings)));
    }

    @Test
    void theGoodOneIsGood() throws Exception {
        Path file = folder.resolve("job.yaml");
        Files.write(file, GOOD);
        assertEquals("digits", JobFile.read(file, List.of()).name());
    }

    @Test
    void aTableCannotBeWatched() throws Exception {
        JobFileException thrown = thrown(
                16, "metrics: [f1, confusion_matrix]", "train.early_stopping={metric: confusion_matrix, patience: 2}");
        assertTrue(
                thrown.getMessage()
                        .endsWith("train.early_stopping.metric must be loss or one of the job's metrics:"
                                + " metric=confusion_matrix, known=[loss, f1]"),
                thrown.getMessage());
    }

    @Test
    void lbfgsNeedsWholeGradients() throws Exception {
        JobFileException thrown = thrown(13, "optimizer: lbfgs", "clip=none", "train.compression=fp16");
        assertTrue(
                thrown.getMessage()
                        .endsWith("train.compression must be none with lbfgs, whose line search needs whole gradients:"
                                + " compression=fp16"),
                thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm: {hidden_size: 3}",
                "residual: {layers: [lstm: {hidden_size: 8}]}",
                "concat: {branches: [[relu], [dense_block: {layers: [lstm: {hidden_size: 8}]}]]}"
            })
    void fp16HasNoLstmOnTheCpu(String layer) throws Exception {
        String layers = "  layers: [" + layer + ", flatten, linear: 10]";
        JobFileException thrown = thrown(9, layers, "data.shape=[8, 8]", "train.precision=fp16");
        assertTrue(
                thrown.getMessage()
                        .endsWith("train.precision fp16 has no lstm on the CPU; bf16 has: precision=fp16, device=cpu"),
                thrown.getMessage());
    }

    @Test
    void lbfgsCannotSkipStepsAsFp16Does() throws Exception {
        JobFileException thrown = thrown(13, "optimizer: lbfgs", "clip=none", "train.precision=fp16");
        assertTrue(
                thrown.getMessage()
                        .contains("train.precision fp16 skips steps whose scaled gradient is not finite, which L-BFGS"
                                + " cannot; bf16 needs no scale: precision=fp16, optimizer=lbfgs"),
                thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1  | nmae: digits                     | job.yaml:1: nmae is not a known key: nmae=digits. Did you mean name?",
                "2  | dota:                            | job.yaml:2: dota is not a known key: dota={train: {path: digits.csv, format: csv, options: {header: tr…. Did you mean data?",
                "3  | '  train: {format: csv}'         | job.yaml:3: data.train.path is missing",
                "3  | '  train: {path: a.csv, sep: x}' | job.yaml:3: data.train.sep is not a known key: sep=x. Known: path, format, options",
                "3  | '  train: {path: [a.csv]}'       | job.yaml:3: data.train.path must be one value: path=[a.csv]",
                "3  | '  shuffel: true'                | job.yaml:3: data.shuffel is not a known key: shuffel=true. Did you mean shuffle?",
                "3  | '  shuffle: true'                | job.yaml:2: data.train is missing",
                "4  | '  validation: {fraction: 1.5}'  | job.yaml:4: data.validation.fraction must be between 0 and 1: fraction=1.5",
                "4  | '  validation: 0'                | job.yaml:4: data.validation must be between 0 and 1: validation=0",
                "4  | '  validation: {fraction: 0.1, path: x}' | job.yaml:4: data.validation.path is not a known key: path=x. Known: fraction, seed",
                "4  | '  validation: {}'               | job.yaml:4: data.validation.path is missing",
                "5  | '  features: [[a], [b], [c], [d]]' | job.yaml:5: data.features must be at most 3 groups of columns: groups=4",
                "5  | '  features: [[a], [b]]'         | job.yaml:5: data.features must have a group for each prediction that the loss takes: groups=2, predictions=1, loss=cross_entropy",
                "6  | '  shuffle: true'                | job.yaml:2: data.label is missing, and the loss needs a target: loss=cross_entropy, format=csv",
                "6  | '  label: [a0..a2]'             | job.yaml:11: loss does not fit the model and the labels: Targets do not fit the predictions: targets=3, expected=1, predictions=[1, 10]",
                "7  | '  shape: [1, 0]'                | job.yaml:7: data.shape must have extents of at least 1: shape=[1, 0]",
                "7  | '  shape: [1, eight]'            | job.yaml:7: data.shape[1] must be a whole number: shape[1]=eight",
                "7  | '  shape: [64]'                  | job.yaml:9: model.layers do not fit: Layer does not fit its input: layer=0 (conv2d), input=[64], wanted=[channels divisible by 1, height, width]",
                "7  | '  shape: [65536, 65536, 65536]' | job.yaml:7: data.shape must be of at most 2147483647 values: shape=[65536, 65536, 65536]",
                "9  | '  layers: [flatten, linear: 2000000000]' | job.yaml:9: model.layers do not fit: Parameter has too many values: parameter=1.weight, shape=[2000000000, 64], limit=2147483647",
                "9  | '  layers: [flatten, linear: 8000000, linear: 100]' | job.yaml:9: model.layers do not fit: Network has too many parameters: layer=2 (linear), parameters=1320000000, limit=536000000",
                "9  | '  layers: [flatten, linear: 8375001]' | job.yaml:9: model.layers do not fit: Network has too many parameters: layer=1 (linear), parameters=536000064, limit=536000000",
                "9  | '  layers: [conv2d: {out: 4, kernel: 1, padding: 30000}]' | job.yaml:9: model.layers do not fit: Layer has more values for one example than fit: layer=0 (conv2d), input=[1, 8, 8], limit=2147483647",
                "9  | '  layers: [conv2d: {out: 1, kernel: 3, padding: 2000000000}]' | job.yaml:9: model.layers do not fit: Layer has more values for one example than fit: layer=0 (conv2d), input=[1, 8, 8], limit=2147483647",
                "9  | '  layers: [conv2d: {out: 1, kernel: 65537, dilation: 65537}]' | job.yaml:9: model.layers do not fit: Layer does not fit its input: layer=0 (conv2d), input=[1, 8, 8], wanted=an input no smaller than the kernel: kernel=65537, dilation=65537, extent with padding=8",
                "9  | '  layers: []'                   | job.yaml:9: model.layers must have at least one layer: layers=[]",
                "9  | '  layers: [linaer: 10]'         | job.yaml:9: model.layers[0].linaer is not a known layer: linaer=10. Did you mean linear?",
                "9  | '  layers:\\n    - linear: 10\\n    - rleu' | job.yaml:11: model.layers[1] is not a known layer: layers[1]=rleu. Did you mean relu?",
                "9  | '  layers: [linear]'             | job.yaml:9: model.layers[0].out is missing",
                "9  | '  layers: [linear: {out: 0}]'   | job.yaml:9: model.layers[0].linear.out must be above 0: out=0",
                "9  | '  layers: [linear: {out: 3, bais: true}]' | job.yaml:9: model.layers[0].linear.bais is not a known key: bais=true. Did you mean bias?",
                "9  | '  layers: [conv2d: {out: 3, kernel_size: 3}]' | job.yaml:9: model.layers[0].conv2d.kernel_size is not a known key: kernel_size=3. Did you mean kernel?",
                "9  | '  {torchscript: net.pt, layers: [relu]}' | job.yaml:8: model: Exactly one of layers, torchscript, dl4j must be given: given=[layers, torchscript]",
                "5  | '  features: ~'                 | job.yaml:5: data.features must not be empty: features=null",
                "15 | train: {epochs: 2, batch: 8, precision: } | job.yaml:15: train.precision must not be empty: precision=null",
                "12 | regularization: ~                | job.yaml:12: regularization must not be empty: regularization=null",
                "9  | '  weights: w.safetensors'       | job.yaml:8: model: Exactly one of layers, torchscript, dl4j must be given: given=[]",
                "9  | '  keras: net.h5'                | job.yaml:9: model.keras is not a known key: keras=net.h5. Known: inputs, meet, layers, torchscript, dl4j, trusted, weights",
                "10 | init: {weight: kaiming}          | job.yaml:10: init.weight is not a known initializer: weight=kaiming. Did you mean kaiming_uniform?",
                "10 | init: {7.weight: zeros}          | job.yaml:10: init.7.weight names no parameter of the network. Did you mean 0.weight?",
                "10 | init:\\n  weight: zeros\\n  conv:\\n    bias: ones | job.yaml:13: init.conv.bias names no parameter of the network. Known: 0.weight, 0.bias, 4.weight, 4.bias",
                "11 | loss: crossentropy               | job.yaml:11: loss is not a known loss: loss=crossentropy. Did you mean cross_entropy?",
                "11 | loss: {cross_entropy: {label_smoothing: 2}} | job.yaml:11: loss.cross_entropy.label_smoothing must be in [0.0, 1.0]: label_smoothing=2.0",
                "11 | loss: {mse: {}, cross_entropy: {}} | job.yaml:11: loss must be the name of one loss, alone or with its settings: loss={mse: {}, cross_entropy: {}}",
                "11 | loss:                            | job.yaml:11: loss must not be empty: loss=null",
                "12 | regularization: {l2: -1}         | job.yaml:12: regularization.l2 must be finite and at least 0: l2=-1.0",
                "12 | regularization: {l1: 1, pattern: 7.*} | job.yaml:12: regularization.pattern names no parameter of the network: pattern=7.*. Known: 0.weight, 0.bias, 4.weight, 4.bias",
                "12 | regularization: 'l2'             | job.yaml:12: regularization must be a number: regularization=l2",
                "13 | optimizer: {adm: {lr: 0.1}}      | job.yaml:13: optimizer.adm is not a known optimizer: adm={lr: 0.1}. Did you mean adam?",
                "13 | optimizer: {adam: {lr: fast}}    | job.yaml:13: optimizer.adam.lr must be a number: lr=fast",
                "13 | optimizer: {adam: {lr: -0.1}}    | job.yaml:13: optimizer.adam.lr must be finite and at least 0: lr=-0.1",
                "13 | optimizer: {adam: {betas: [0.9]}} | job.yaml:13: optimizer.adam.betas.second is missing",
                "13 | optimizer: {adam: {betas: [0.9, 1.0]}} | job.yaml:13: optimizer.adam.betas: betas[1] must be at least 0 and below 1: betas[1]=1.0",
                "13 | optimizer: {adam: {}, groups: {'*.bais': {lr: 0.1}}} | job.yaml:13: optimizer.groups.*.bais names no parameter of the network. Did you mean 0.bias?",
                "13 | optimizer: {adam: {}, groups: {'*.bias': {lrr: 0.1}}} | job.yaml:13: optimizer.groups.*.bias.lrr is not a known key: lrr=0.1. Did you mean lr?",
                "14 | clip: {nrom: 1}                  | job.yaml:14: clip.nrom is not a known clipping: nrom=1. Did you mean norm?",
                "15 | train: {epochs: 2, workers: 2}   | job.yaml:15: train.batch is missing",
                "15 | train: {epochs: 2, batch: 0}     | job.yaml:15: train.batch must be at least 1: batch=0",
                "15 | train: {epochs: two, batch: 0.5} | job.yaml:15: train.epochs must be a whole number: epochs=two\\njob.yaml:15: train.batch must be a whole number: batch=0.5",
                "15 | train: {epochs: 2, batch: 8, wrokers: 2} | job.yaml:15: train.wrokers is not a known key: wrokers=2. Did you mean workers?",
                "15 | train: {epochs: 2, batch: 8, device: gpu} | job.yaml:15: train.device must be one of cpu, cuda: device=gpu",
                "15 | train: {epochs: 2, batch: 8, compression: fp61} | job.yaml:15: train.compression is not a known compression: compression=fp61. Did you mean fp16?",
                "15 | train: {epochs: 2, batch: 8, compression: {top_k: 1.5}} | job.yaml:15: train.compression.top_k must be above 0 and at most 1: ratio=1.5",
                "15 | train: {epochs: 2, batch: 8, compression: top_k} | job.yaml:15: train.compression.ratio is missing",
                "15 | train: {epochs: 2, batch: 8, compression: {threshold: {tau: -1}}} | job.yaml:15: train.compression.threshold.tau must be finite and above 0: tau=-1.0",
                "15 | train: {epochs: 2, batch: 8, precision: bf16, loss_scale: {}} | job.yaml:15: train.loss_scale is for precision: fp16 alone: precision=bf16",
                "15 | train: {epochs: 2, batch: 8, precision: fp16, loss_scale: {init_scale: 0}} | job.yaml:15: train.loss_scale.init_scale must be a positive float32: init_scale=0.0",
                "15 | train: {epochs: 2, batch: 8, precision: float16} | job.yaml:15: train.precision must be one of float32, bf16, fp16: precision=float16",
                "15 | train: {epochs: 2, batch: 8, consistency: async} | job.yaml:15: train.consistency must be one of sync: consistency=async",
                "15 | train: {epochs: 2, batch: 8, early_stopping: {patience: 0}} | job.yaml:15: train.early_stopping.patience must be at least 1: patience=0",
                "15 | train: {epochs: 2, batch: 8, early_stopping: {metric: f1, patience: 2}} | job.yaml:15: train.early_stopping.metric must be loss or one of the job's metrics: metric=f1, known=[loss, accuracy]",
                "15 | train:                           | job.yaml:15: train must not be empty: train=null",
                "16 | metrics: [acuracy]               | job.yaml:16: metrics[0] is not a known metric: metrics[0]=acuracy. Did you mean accuracy?",
                "16 | metrics: [accuracy, auc]         | job.yaml:16: metrics do not fit the model: auc needs two classes, as one score or one for each: loss=cross_entropy, columns=10",
                "16 | metrics: [top_k]                 | job.yaml:16: metrics[0].k is missing",
                "16 | metrics: [top_k: 0]              | job.yaml:16: metrics[0].top_k must be at least 1: k=0",
                "16 | metrics: [f1: mean]              | job.yaml:16: metrics[0].f1 must be one of binary, macro, micro, weighted: f1=mean",
                "17 | checkpoint: {every: epoch}        | job.yaml:17: checkpoint.every must be a number of epochs or steps, as 1 epoch or 100 steps: value=epoch",
                "17 | checkpoint: {keep: 0}            | job.yaml:17: checkpoint.keep must be at least 1: keep=0",
                "17 | ensemble: {seeds: 1}            | job.yaml:17: ensemble.seeds must be at least 2: count=1",
                "17 | ensemble: {seeds: 3, snapshots: 3} | job.yaml:17: ensemble must be the name of one ensemble, alone or with its settings: ensemble={seeds: 3, snapshots: 3}",
                "17 | ensemble: {snapshots: 3}        | job.yaml:17: ensemble of snapshots needs a schedule with cycles, as cosine_annealing_warm_restarts: schedule=NoSchedule[]",
                "17 | data: {}                         | job.yaml:17: Key occurs twice: key=data, first at job.yaml:2",
                "17 | checkpoint: [a                   | job.yaml:18: YAML cannot be read: expected ',' or ']', but got <stream end>",
            })
    void oneLineSaysWhatIsWrongAndWhere(int line, String changed, String message) throws Exception {
        String text = changed.startsWith("'") ? changed.substring(1, changed.length() - 1) : changed;
        JobFileException thrown = thrown(line, text);
        assertEquals(message.replace("\\n", "\n"), thrown.getMessage());
        assertEquals(ExitCode.BAD_JOB, thrown.exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.workers=0        | --set train.workers=0: train.workers must be at least 1: workers=0",
                "train.workrs=2         | --set train.workrs=2: train.workrs is not a known key: workrs=2. Did you mean workers?",
                "optimizer.adam.lr=x    | --set optimizer.adam.lr=x: optimizer.adam.lr must be a number: lr=x",
                "model.layers[9]=relu   | --set model.layers[9]=relu: model.layers has no such item: index=9, items=5",
                "seed                   | --set seed: An override must have the form key.key=value, with up to 100 keys",
            })
    void anOverrideIsToldByItsOwnName(String setting, String message) throws Exception {
        assertEquals(message, thrown(1, GOOD.get(0), setting).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"model.weights, weights", "model.torchscript, layers"})
    void aFileThatMustExistIsLookedForInBothFolders(String key, String line) throws Exception {
        String changed = line.equals("weights") ? GOOD.get(8) + "\n  weights: none.here" : "  torchscript: none.here";
        String name = key.substring(key.indexOf('.') + 1);
        assertEquals(
                "job.yaml:" + (line.equals("weights") ? 10 : 9) + ": " + key
                        + ": File does not exist: file=none.here, looked in [" + folder.toAbsolutePath() + ", "
                        + Path.of("").toAbsolutePath() + "]",
                thrown(9, changed).getMessage());
        assertTrue(key.endsWith(name));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("absent.yaml");
        JobFileException thrown = assertThrows(JobFileException.class, () -> JobFile.read(file, List.of()));
        assertEquals("Job file does not exist: file=" + file, thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"# nothing|content=null", "- a|content=[a]", "just text|content=just text"})
    void aFileThatIsNoSectionIsRefused(String text, String content) throws Exception {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, text);
        JobFileException thrown = assertThrows(JobFileException.class, () -> JobFile.read(file, List.of()));
        assertEquals("job.yaml:1: The file must be a section of keys and values: " + content, thrown.getMessage());
    }

    @Test
    void allThatIsMissingIsReported() throws Exception {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, "name: x\n");
        JobFileException thrown = assertThrows(JobFileException.class, () -> JobFile.read(file, List.of()));
        assertEquals(
                "job.yaml:1: data is missing\njob.yaml:1: model is missing\njob.yaml:1: loss is missing\n"
                        + "job.yaml:1: optimizer is missing\njob.yaml:1: train is missing",
                thrown.getMessage());
    }
}
