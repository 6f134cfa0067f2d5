package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.itests.system.AuthorizationTable.Measured;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes the comparison with the table fail. */
class AuthorizationTableRulesTest {
    private static final String HEAD = "METHOD KIND PERMISSION PATH " + String.join(" ", AuthorizationTable.ALL);
    private static final String READ = "GET REST - /api/v1/things 401 empty ok ok ok ok 403 onn onn onn onn onn fnn";
    private static final String GREET =
            "GET REST hello:greet /api/v1/plugins/hello/greetings 401 403 ok ok ok 403 403 f f f f f f";

    private static final Measured READING =
            measured("GET REST - - - /api/v1/things", "401 empty ok ok ok ok 403 onn onn onn onn onn fnn");
    private static final Measured GREETING = measured(
            "GET REST - hello:greet hello /api/v1/plugins/hello/greetings", "401 403 ok ok ok 403 403 f f f f f f");

    private final AuthorizationTable table = AuthorizationTable.parse(String.join("\n", "# words", HEAD, READ, GREET));

    private static Measured measured(String route, String outcomes) {
        Map<String, String> each = new LinkedHashMap<>();
        List<String> words = Arrays.asList(outcomes.split(" "));
        AuthorizationTable.ALL.forEach(caller -> each.put(caller, words.get(each.size())));
        return new Measured(Route.parse(route), each);
    }

    @Test
    void whatIsAsTheTableSaysIsNoDifference() {
        assertThat(table.differences(List.of(READING, GREETING))).isEmpty();
    }

    @Test
    void aRouteWithoutARowIsADifferenceAndItsRowIsProposed() {
        Measured other =
                measured("POST REST - thing:create - /api/v1/things", "401 403 ok 403 403 403 403 f f f f f f");
        assertThat(table.differences(List.of(READING, GREETING, other)))
                .singleElement()
                .asString()
                .contains("has no row")
                .containsPattern("POST +REST +thing:create +/api/v1/things +401 +403 +ok +403");
    }

    @Test
    void aRowWithoutARouteIsADifference() {
        assertThat(table.differences(List.of(READING)))
                .containsExactly("is served no more: GET REST /api/v1/plugins/hello/greetings");
    }

    @Test
    void anotherAnswerIsADifferenceForEachCaller() {
        Measured wider = measured("GET REST - - - /api/v1/things", "401 ok ok ok ok ok 404 onn ono onn onn onn fnn");
        assertThat(table.differences(List.of(wider, GREETING)))
                .containsExactly(
                        "answers nobody with ok and not empty: GET REST /api/v1/things",
                        "answers readonly with 404 and not 403: GET REST /api/v1/things",
                        "answers @operator with ono and not onn: GET REST /api/v1/things");
    }

    @Test
    void anotherPermissionIsADifferenceEvenIfEveryAnswerIsTheSame() {
        Measured other =
                measured("GET REST - thing:read - /api/v1/things", "401 empty ok ok ok ok 403 onn onn onn onn onn fnn");
        assertThat(table.differences(List.of(other, GREETING)))
                .containsExactly("takes the permission thing:read and not -: GET REST /api/v1/things");
    }

    @Test
    void aRouteThatSaysItIsOpenIsADifferenceUnlessAnonymousGetsIt() {
        Measured open =
                measured("GET REST open - - /api/v1/things", "401 empty ok ok ok ok 403 onn onn onn onn onn fnn");
        assertThat(table.differences(List.of(open, GREETING)))
                .containsExactly("says that it is open: GET REST /api/v1/things");
    }

    @Test
    void aPluginsRouteWithoutAPermissionIsADifferenceEvenIfTheTableSaysSo() {
        AuthorizationTable lenient = AuthorizationTable.parse(
                HEAD + "\nGET REST - /api/v1/plugins/hello/open 401 ok ok ok ok ok ok o o o o o o");
        Measured open = measured("GET REST - - hello /api/v1/plugins/hello/open", "401 ok ok ok ok ok ok o o o o o o");
        assertThat(lenient.differences(List.of(open)))
                .containsExactly("takes no permission, as a plugin's must: GET REST /api/v1/plugins/hello/open");
    }

    @Test
    void aTableThatSaysTwoThingsOfOneRouteIsNone() {
        assertThatThrownBy(() -> AuthorizationTable.parse(String.join("\n", HEAD, READ, READ)))
                .isInstanceOf(AssertionError.class);
    }
}
