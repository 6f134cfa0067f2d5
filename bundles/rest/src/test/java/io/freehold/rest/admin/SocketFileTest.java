package io.freehold.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
    @TempDir
    Path folder;

    @Test
    void whatACrashLeftBehindIsRemoved() throws Exception {
        Path path = folder.resolve("admin.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(Files.exists(path)).isTrue();
        assertThat(SocketFile.in(folder).path()).isEqualTo(path).doesNotExist();
    }

    @Test
    void aSocketThatAnswersBelongsToAnotherFreehold() throws Exception {
        try (ServerSocketChannel alive = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            alive.bind(UnixDomainSocketAddress.of(folder.resolve("admin.sock")));
            assertThatThrownBy(() -> SocketFile.in(folder))
                    .isInstanceOf(FreeholdException.class)
                    .hasMessageContaining("Another Freehold runs on " + folder);
        }
    }

    @Test
    void aPathThatIsTooLongIsOneClearLine() {
        assertThatThrownBy(() -> SocketFile.in(folder.resolve("a".repeat(100))))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("FREEHOLD_DATA")
                .hasMessageContaining("107");
    }

    @Test
    void aMissingFolderIsMadeForItsOwnerAlone() throws Exception {
        Path data = folder.resolve("data");
        SocketFile.in(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }
}
