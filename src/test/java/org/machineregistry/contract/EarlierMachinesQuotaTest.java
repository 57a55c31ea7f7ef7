package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The quota counts for all machines that come along at once. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@WithTestResource(TestDatabase.class)
class EarlierMachinesQuotaTest {
    @Test
    void past_the_quota_nothing_comes_along_and_nothing_ends() {
        EarlierPerson person = EarlierPerson.anyone();
        Api.Registered mine = person.now().registers("mine");
        person.now().registers("mine, too");
        person.before().registers("one more");
        Api.Registered over = person.before().registers("one too many");

        person.bringsAlong().then().statusCode(403)
                .body("detail", containsString("An owner may have " + OtherSettings.QUOTA + " machines"));

        person.before().list().then().statusCode(200).body("", hasSize(2));
        person.now().list().then().body("", hasSize(2));
        assertThat(person.count()).isEqualTo(2);

        person.before().request().delete(Api.MACHINE, over.machineId()).then().statusCode(204);
        person.bringsAlong().then().statusCode(200).body("machines", equalTo(1));
        person.now().details(mine).then().statusCode(200);
        person.now().list().then().body("", hasSize(OtherSettings.QUOTA));
    }
}
