package dev.lockstep.driver.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {
    private static final String FILE = "train: {workers: 2}\noptimizer: adam\nlayers: [linear: 3, relu]\n";

    private static YamlNode with(String... settings) {
        YamlNode node = YamlTree.ofFile("a.yaml", FILE);
        for (String setting : settings) {
            node = Setting.of(setting).in(node);
        }
        return node;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.workers=4           | {train: {workers: 4}, optimizer: adam, layers: [{linear: 3}, relu]}",
                "train={workers: 4, x: [1]}| {train: {workers: 4, x: [1]}, optimizer: adam, layers: [{linear: 3}, relu]}",
                "new.deep.key=a=b          | {train: {workers: 2}, optimizer: adam, layers: [{linear: 3}, relu], new: {deep: {key: a=b}}}",
                "optimizer.adam.lr=0.5     | {train: {workers: 2}, optimizer: {adam: {lr: 0.5}}, layers: [{linear: 3}, relu]}",
                "layers[0].linear=7        | {train: {workers: 2}, optimizer: adam, layers: [{linear: 7}, relu]}",
                "layers[1]=tanh            | {train: {workers: 2}, optimizer: adam, layers: [{linear: 3}, tanh]}",
                "train.workers=            | {train: {workers: null}, optimizer: adam, layers: [{linear: 3}, relu]}",
            })
    void setsOneKeyAndLeavesTheRest(String setting, String expected) {
        assertEquals(expected, with(setting).shown());
    }

    @Test
    void theLastOfTwoWins() {
        assertEquals(
                "{train: {workers: 5}, optimizer: adam, layers: [{linear: 3}, relu]}",
                with("train.workers=4", "train.workers=5").shown());
    }

    @Test
    void errorsBlameTheArgumentForWhatItSetAndTheFileForTheRest() {
        Section train =
                Value.root(with("train.batch=0")).section().require("train").section();
        assertEquals(
                new SourceLine("--set train.batch=0", 0), train.require("batch").place());
        assertEquals(new SourceLine("a.yaml", 1), train.require("workers").place());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.workers     | --set train.workers: An override must have the form key.key=value, with up to 100 keys",
                "=4                | --set =4: An override must have the form key.key=value, with up to 100 keys",
                "a..b=4            | --set a..b=4: An override must have the form key.key=value, with up to 100 keys",
                "layers[2]=relu    | --set layers[2]=relu: layers has no such item: index=2, items=2",
                "layers.first=relu | --set layers.first=relu: layers has no such item: index=first, items=2",
                "optimizer.sgd.lr=1| --set optimizer.sgd.lr=1: optimizer is not a section: value=adam. Set it whole: --set optimizer={...}",
                "train=[           | --set train=[: YAML cannot be read: expected the node content, but found '<stream end>'",
            })
    void refusesWhatCannotBeSet(String setting, String message) {
        JobFileException thrown = assertThrows(JobFileException.class, () -> with(setting));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void aPathEndsAtALimit() {
        String setting = "a" + ".a".repeat(50_000) + "=1";
        JobFileException thrown = assertThrows(JobFileException.class, () -> with(setting));
        assertEquals(
                "--set " + setting + ": An override must have the form key.key=value, with up to 100 keys",
                thrown.getMessage());
    }
}
