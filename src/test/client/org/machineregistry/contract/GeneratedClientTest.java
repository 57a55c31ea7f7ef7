package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.client.AgentApi;
import org.machineregistry.client.ApiClient;
import org.machineregistry.client.ApiException;
import org.machineregistry.client.MachinesApi;
import org.machineregistry.client.SessionsApi;
import org.machineregistry.client.model.Connect;
import org.machineregistry.client.model.CreateMachine;
import org.machineregistry.client.model.Machine;
import org.machineregistry.client.model.MachineRegistration;
import org.machineregistry.client.model.MachineStatus;
import org.machineregistry.client.model.OfflineReason;
import org.machineregistry.client.model.StartSession;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The client that a generator makes of the document. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class GeneratedClientTest {

    @Test
    void it_registers_connects_and_lists_a_machine() throws ApiException {
        MachinesApi machines = new MachinesApi(
                client(new SessionsApi(client(null)).startSession(new StartSession()).getToken()));
        MachineRegistration registration = machines.createMachine(new CreateMachine().name("build box"));

        assertThat(machines.listMachines(null, null, null, null, null, null, null, null, null, null)).singleElement()
                .returns(registration.getMachineId(), Machine::getMachineId)
                .returns(MachineStatus.OFFLINE, Machine::getStatus)
                .returns(OfflineReason.NEVER_CONNECTED, Machine::getOfflineReason);

        new AgentApi(client(registration.getToken())).connect(new Connect().hostname("build-1").assistantCount(2));

        assertThat(machines.listMachines("me", MachineStatus.ONLINE, "BUILD", null, null, null, null, 10, null, null))
                .singleElement()
                .returns(null, Machine::getOfflineReason)
                .returns(2, Machine::getAssistantCount);
        assertThat(machines.getMachine(registration.getMachineId()).getHostname()).isEqualTo("build-1");
    }

    @Test
    void it_is_told_what_is_wrong() {
        MachinesApi machines = new MachinesApi(client(null));

        assertThatThrownBy(() -> machines.createMachine(new CreateMachine().name("build box")))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(401));
    }

    private static ApiClient client(String credential) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://localhost:" + RestAssured.port);
        if (credential != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + credential));
        }
        return client;
    }
}
