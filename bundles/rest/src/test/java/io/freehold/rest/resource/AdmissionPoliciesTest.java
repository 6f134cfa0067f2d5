package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionPoliciesTest extends ServerTest {
    private final String path = "/api/v1/admission-policies/project:" + UUID.randomUUID();

    private Answer set(String json) {
        return server.put(
                path, json.replace('\'', '"'), "If-Match", server.get(path).header("ETag"));
    }

    @Test
    void aScopeWithoutAPolicyHasTheDefault() {
        Answer answer = server.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"0\"");
        JsonNode policy = answer.json();
        assertThat(policy.get("set").asBoolean()).isFalse();
        assertThat(policy.get("scope").asText()).startsWith("/projects/");
        assertThat(policy.at("/allow/privileged").asBoolean()).isFalse();
        assertThat(policy.at("/allow/hostPaths").isEmpty()).isTrue();
        assertThat(server.get("/api/v1/admission-policies/global")
                        .json()
                        .get("scope")
                        .asText())
                .isEqualTo("/");
    }

    @Test
    void whatIsSetIsShownInOneSpellingUntilItIsTakenAway() {
        Answer answer = set("{'allow':{'privileged':true,'namespaces':['PID'],'capabilities':['cap_net_admin'],"
                + "'devices':['/dev//dri'],'hostPaths':[{'path':'/srv/x/../data/'},{'path':'/data','readOnly':false}],"
                + "'volumes':['shared'],'volumeDrivers':['nfs'],'securityOptions':['seccomp:unconfined'],"
                + "'sysctls':['net/core/somaxconn'],'runtimes':['runsc']},"
                + "'limits':{'memoryBytes':1073741824,'cpus':1.5,'pids':512}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode shown = server.get(path).json();
        assertThat(shown).isEqualTo(answer.json());
        assertThat(shown.get("allow").toString().replace('"', '\''))
                .isEqualTo("{'privileged':true,'namespaces':['pid'],'capabilities':['NET_ADMIN'],"
                        + "'devices':['/dev/dri'],'hostPaths':[{'path':'/srv/data','readOnly':true},"
                        + "{'path':'/data','readOnly':false}],'volumes':['shared'],'volumeDrivers':['nfs'],"
                        + "'securityOptions':['seccomp=unconfined'],'sysctls':['net.core.somaxconn'],"
                        + "'runtimes':['runsc']}");
        assertThat(shown.get("limits").toString().replace('"', '\''))
                .isEqualTo("{'memoryBytes':1073741824,'cpus':1.5,'pids':512}");
        Answer again = set(
                answer.json().get("allow").toString().isEmpty()
                        ? ""
                        : "{'allow':" + answer.json().get("allow") + ",'limits':"
                                + answer.json().get("limits") + "}");
        assertThat(again.json()).isEqualTo(answer.json());
        assertThat(server.get("/api/v1/admission-policies").body())
                .contains(shown.get("id").asText());

        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).json().get("set").asBoolean()).isFalse();
    }

    @Test
    void aChangeNamesWhatItIsBasedOn() {
        assertThat(server.put(path, "{}").status()).isEqualTo(428);
        assertThat(server.put(path, "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        assertThat(set("{}").status()).isEqualTo(200);
    }

    @Test
    void whatIsWrongIsNamed() {
        Answer answer = set("{'allow':{'namespaces':['all'],'devices':['sda'],'hostPaths':[{'path':'/ok'},{'path':'x'},"
                + "{},null],'capabilities':[null]}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("violations").findValuesAsText("field"))
                .containsExactly(
                        "allow.namespaces[0]",
                        "allow.capabilities[0]",
                        "allow.devices[0]",
                        "allow.hostPaths[1]",
                        "allow.hostPaths[2]",
                        "allow.hostPaths[3]");
        assertThat(set("{'allow':{'everything':true}}").status()).isEqualTo(400);
        assertThat(set("{'limits':{'pids':'many'}}").status()).isEqualTo(400);
    }

    @Test
    void anIdOfAnotherFormIsNotFound() {
        for (String id : new String[] {"x", "project:x", "instance:" + UUID.randomUUID(), "project", ":"}) {
            assertThat(server.get("/api/v1/admission-policies/" + id).status())
                    .as(id)
                    .isEqualTo(404);
        }
    }

    @Test
    void whoMayNotIsDenied() {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            assertThat(server.send(server.open(path)
                                    .header("Authorization", "Bearer " + Memory.NOBODY)
                                    .header("If-Match", "\"0\"")
                                    .header("Content-Type", "application/json")
                                    .method(
                                            method,
                                            method.equals("PUT")
                                                    ? BodyPublishers.ofString("{}")
                                                    : BodyPublishers.noBody()))
                            .status())
                    .as(method)
                    .isEqualTo(403);
        }
    }
}
