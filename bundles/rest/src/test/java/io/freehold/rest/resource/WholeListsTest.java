package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that services answer whole are paged as all others are. */
class WholeListsTest extends ServerTest {
    private static final List<String> LISTS = List.of(
            "roles", "providers", "plugins", "alert-channels", "admission-policies", "auth/sessions", "access-review");

    private Answer tagged(String path, String tag) {
        return server.send(server.request(path).header("If-None-Match", tag));
    }

    @Test
    void eachTakesALimitAndAnswersWhetherAnythingHasChanged() {
        String user = server.post("/api/v1/users", "{\"username\":\"paged\",\"password\":\"a long enough phrase\"}")
                .json()
                .get("id")
                .asText();
        List<String> lists = new ArrayList<>(LISTS);
        lists.add("users/" + user + "/sessions");
        for (String list : lists) {
            String path = "/api/v1/" + list;
            Answer answer = server.get(path);
            assertThat(answer.status()).as(list + answer.body()).isEqualTo(200);
            assertThat(answer.header("ETag")).as(list).startsWith("W/");
            assertThat(tagged(path, answer.header("ETag")).status()).as(list).isEqualTo(304);
            assertThat(server.get(path + "?limit=0").status()).as(list).isEqualTo(422);
            assertThat(server.get(path + "?limit=1001").status()).as(list).isEqualTo(422);
            if (!list.equals("access-review")) {
                assertThat(server.get(path + "?cursor=x").status()).as(list).isEqualTo(422);
            }
        }
    }

    @Test
    void theCursorLeadsThroughAllOfIt() {
        Answer whole = server.get("/api/v1/roles");
        int total = whole.json().get("total").asInt();
        assertThat(total).isGreaterThan(1);
        String cursor = "0";
        for (int i = 0; i < total; i++) {
            Answer page = server.get("/api/v1/roles?limit=1&cursor=" + cursor);
            assertThat(page.json().get("items")).hasSize(1);
            assertThat(page.json().at("/items/0")).isEqualTo(whole.json().at("/items/" + i));
            assertThat(page.json().get("total").asInt()).isEqualTo(total);
            cursor = page.json().get("nextCursor").asText();
        }
        assertThat(cursor).isEqualTo("null");
        assertThat(server.get("/api/v1/roles?cursor=1000").json().get("items")).isEmpty();
    }

    @Test
    void aChangeGivesTheListAnotherTag() {
        String tag = server.get("/api/v1/roles").header("ETag");
        assertThat(server.post("/api/v1/roles", "{\"name\":\"starter\",\"permissions\":[\"instance:start\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(tagged("/api/v1/roles", tag).status()).isEqualTo(200);
    }
}
