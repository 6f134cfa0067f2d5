package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarStoreTest {
    @TempDir
    Path folder;

    private Path kept;
    private JarStore store;

    @BeforeEach
    void open() throws IOException {
        kept = folder.resolve("plugins");
        store = new JarStore(kept);
    }

    private PluginJar keep(String id) throws Exception {
        Path source = new Jars(folder).bundle(id + ".jar", id, "1");
        try (InputStream in = Files.newInputStream(source)) {
            PluginJar jar = PluginJar.read(store.take(in));
            store.keep(jar);
            return jar;
        }
    }

    @Test
    void whatIsKeptIsReadAgainUntilItIsDamagedOrGone() throws Exception {
        PluginJar jar = keep("a");
        assertThat(store.read(jar.sha256()).id()).isEqualTo("a");

        PluginJar other = keep("b");
        Files.copy(store.path(other.sha256()), store.path(jar.sha256()), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> store.read(jar.sha256()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        Files.writeString(store.path(jar.sha256()), "half");
        assertThatThrownBy(() -> store.read(jar.sha256()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        store.discard(jar.sha256());
        assertThatThrownBy(() -> store.read(jar.sha256()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void whatNobodyNeedsIsDeletedAndNothingElse() throws Exception {
        PluginJar needed = keep("a");
        PluginJar orphan = keep("b");
        Path theirs = Files.writeString(kept.resolve("notes.jar"), "not a copy");
        Files.writeString(kept.resolve("jar1.incoming"), "half");

        new JarStore(kept).keepOnly(Set.of(needed.sha256()));

        assertThat(kept).isDirectoryNotContaining("glob:**.incoming");
        assertThat(store.path(needed.sha256())).exists();
        assertThat(store.path(orphan.sha256())).doesNotExist();
        assertThat(theirs).exists();
    }

    @Test
    void whatComesInIsCopiedToItsEnd() throws Exception {
        byte[] jar = new byte[100_000];
        assertThat(store.take(new ByteArrayInputStream(jar))).hasBinaryContent(jar);
    }

    @Test
    void ofWhatBreaksOffThereIsNoCopy() throws Exception {
        PipedInputStream half = new PipedInputStream();
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), half);
        // Nobody was ever at its other end.
        assertThatThrownBy(() -> store.take(broken)).isInstanceOf(IOException.class);
        assertThat(kept).isEmptyDirectory();
    }
}
