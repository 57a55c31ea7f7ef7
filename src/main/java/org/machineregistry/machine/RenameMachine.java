package org.machineregistry.machine;

record RenameMachine(@MachineName String name) {
    RenameMachine {
        name = name == null ? null : name.strip();
    }
}
