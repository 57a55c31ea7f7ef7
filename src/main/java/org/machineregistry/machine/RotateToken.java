package org.machineregistry.machine;

/** @param revokeOld whether the old token dies at once, because it leaked; otherwise it lives until the new one is used */
record RotateToken(Boolean revokeOld) {
    static boolean revokesOld(RotateToken request) {
        return request != null && Boolean.TRUE.equals(request.revokeOld);
    }
}
