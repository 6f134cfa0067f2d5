package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.launcher.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondFactorsTest {
    private static final String REVIEW = "GET /api/v1/access-review?permission=role:create&scope=/&limit=1000";

    @TempDir
    Path folder;

    private DataFolder data;
    private CannedSocket socket;

    @BeforeEach
    void openSocket() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        data.prepare();
        socket = new CannedSocket(data.socket());
    }

    @AfterEach
    void closeSocket() throws IOException {
        socket.close();
    }

    private static String entry(String name, String type, boolean enabled, boolean secondFactor, String role) {
        return """
                {"name":"%s","type":"%s","enabled":%s,"secondFactor":%s,"sources":[{"roleId":"%s","scope":"/"}]}""".formatted(name, type, enabled, secondFactor, role);
    }

    private Finding examine() {
        return new SecondFactors(new AdminClient(data)).examine();
    }

    @Test
    void administratorsWithAPasswordAloneAreNamedOnEveryPage() {
        socket.answer(REVIEW, 200, """
                {"items":[%s,%s,%s],"nextCursor":"user:1","total":6}""".formatted(
                        entry("owners", "group", true, false, "administrator"),
                        entry("ada", "user", true, true, "administrator"),
                        entry("bob", "user", true, false, "administrator")));
        socket.answer(REVIEW + "&cursor=user:1", 200, """
                {"items":[%s,%s,%s],"nextCursor":null,"total":6}""".formatted(
                        entry("gone", "user", false, false, "administrator"),
                        entry("eve", "user", true, false, "hr"),
                        entry("joe", "user", true, false, "administrator")));

        assertThat(examine().verdict()).isEqualTo(Finding.Verdict.NOTE);
        assertThat(examine().text()).isEqualTo("administrators without a second factor: bob, joe");
        assertThat(examine().cure()).contains("/api/v1/auth/totp");
    }

    @Test
    void allIsWellWhereEachHasOne() {
        socket.answer(REVIEW, 200, """
                {"items":[%s],"nextCursor":null,"total":1}""".formatted(entry("ada", "user", true, true, "administrator")));
        assertThat(examine().verdict()).isEqualTo(Finding.Verdict.OK);
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        socket.answer(REVIEW, 503, """
                {"status":503,"detail":"The database cannot be used."}""");
        assertThat(examine().verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(examine().text()).contains("cannot be listed");
    }
}
