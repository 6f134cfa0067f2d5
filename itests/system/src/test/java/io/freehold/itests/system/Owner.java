package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/**
 * Whose the things are that somebody asks for.
 *
 * @param name begins the names of these things
 * @param project they are in it; null for none
 * @param member who holds a role there; null if nobody who asks does
 */
record Owner(String name, String project, Member member) {
    /**
     * Somebody who holds one role in one project, and at what else is bound for them.
     *
     * @param id of the user
     */
    record Member(String id, String username, String role, Client client) {}

    /** What is in no project. */
    static Owner nobody() {
        return new Owner("nobodys", null, null);
    }

    /** What is in a new project of nobody who asks. */
    static Owner other(Client ada) {
        return new Owner("others", project(ada, "others"), null);
    }

    /** What is in a new project in which somebody new holds the role. */
    static Owner of(Client ada, Freehold freehold, String role) {
        String username = "its-" + role;
        String id = made(ada.post("/api/v1/users", Map.of("username", username, "password", Client.PASSWORD)));
        String project = project(ada, username);
        Client client = freehold.anonymous().signIn(username, Client.PASSWORD);
        Owner owner = new Owner(username, project, new Member(id, username, role, client));
        owner.bind(ada, owner.scope());
        return owner;
    }

    /** Where roles are bound that count for its things. */
    String scope() {
        return project == null ? "/" : "/projects/" + project;
    }

    /** Binds the member's role at one more place, if there is a member. */
    void bind(Client ada, String where) {
        if (member != null) {
            made(ada.post(
                    "/api/v1/role-bindings",
                    Map.of("principal", "user:" + member.id(), "roleId", member.role(), "scope", where)));
        }
    }

    private static String project(Client ada, String name) {
        return made(ada.post("/api/v1/projects", Map.of("name", name)));
    }

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.get("id");
    }
}
