package io.freehold.api.provider;

import java.util.List;

/**
 * What answers at a backend.
 *
 * @param product its name and version, such as {@code Docker 20.10.24}
 * @param nodes the machines that it consists of, at least one
 */
public record BackendInfo(String product, List<Node> nodes) {
    public BackendInfo {
        nodes = List.copyOf(nodes);
    }
}
