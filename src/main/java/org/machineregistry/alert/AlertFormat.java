package org.machineregistry.alert;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The formats that a receiver may want. */
enum AlertFormat {
    STANDARD {
        @Override
        MessageWriter writer(AlertSettings settings, ObjectMapper json) {
            return new StandardWebhook(settings.signingKey(), json);
        }
    },
    SLACK {
        @Override
        MessageWriter writer(AlertSettings settings, ObjectMapper json) {
            return new SlackMessage(json);
        }
    },
    NTFY {
        @Override
        MessageWriter writer(AlertSettings settings, ObjectMapper json) {
            return new NtfyMessage(settings.url(), json);
        }
    },
    ALERTMANAGER {
        @Override
        MessageWriter writer(AlertSettings settings, ObjectMapper json) {
            return new AlertmanagerAlerts(json);
        }
    },
    CLOUDEVENTS {
        @Override
        MessageWriter writer(AlertSettings settings, ObjectMapper json) {
            return new CloudEvents(json);
        }
    };

    abstract MessageWriter writer(AlertSettings settings, ObjectMapper json);
}
