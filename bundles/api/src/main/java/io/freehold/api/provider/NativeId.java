package io.freehold.api.provider;

import static java.util.Objects.requireNonNull;

/**
 * What a backend itself calls an instance: a container id, a VMID.
 *
 * @param value the backend's own text
 */
public record NativeId(String value) {
    public NativeId {
        requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
