package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freehold.launcher.Feature.BundleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTest {
    @TempDir
    Path folder;

    @Test
    void bundlesOfSeveralFeaturesComeOnceAndByStartLevel() throws IOException {
        file("base", "{\"id\":\"g:late:1\",\"bundleStartLevel\":30},{\"id\":\"g:early:2.0\",\"bundleStartLevel\":5}");
        file("more", "{\"id\":\"g:early:2.0\",\"bundleStartLevel\":5}");

        List<BundleId> bundles = Feature.bundles(Feature.read(folder, List.of("base", "more")));

        assertThat(bundles).extracting(BundleId::path).containsExactly("05/early-2.0.jar", "30/late-1.jar");
    }

    @Test
    void anUnknownFeatureIsNamedWithThoseThatThereAre() throws IOException {
        file("base", "");

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Feature.read(folder, List.of("base", "proxmox")))
                .withMessageContaining("'proxmox'")
                .withMessageEndingWith("the features are base")
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.USAGE));
    }

    @Test
    void aNameThatLeavesTheFolderIsNoFeature() {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Feature.read(folder, List.of("../base")))
                .withMessageContaining("'../base'");
    }

    @Test
    void aBundleWithoutAStartLevelIsRefused() throws IOException {
        file("base", "{\"id\":\"g:a:1\"}");

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Feature.read(folder, List.of("base")))
                .withMessageContaining("base.json")
                .withMessageContaining("bundleStartLevel");
    }

    private void file(String name, String bundles) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), "{\"bundles\":[" + bundles + "]}");
    }
}
