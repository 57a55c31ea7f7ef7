package org.machineregistry.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceOutputTest {
    private static final int PIECE = 64 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 1_000_000})
    void the_pieces_together_are_what_was_written(int size) throws Exception {
        byte[] bytes = new byte[size];
        Random random = new Random(size);
        random.nextBytes(bytes);
        PieceOutput output = new PieceOutput(size);
        for (int at = 0; at < size;) {
            int some = Math.min(size - at, 1 + random.nextInt(9_000));
            output.write(bytes, at, some);
            at += some;
        }

        ByteArrayOutputStream all = new ByteArrayOutputStream();
        output.pieces().forEach(all::writeBytes);

        assertThat(all.toByteArray()).isEqualTo(bytes);
        assertThat(output.size()).isEqualTo(size);
        assertThat(output.pieces()).allSatisfy(piece -> assertThat(piece.length).isBetween(1, PIECE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, PIECE})
    void more_than_is_allowed_is_refused(int largest) throws Exception {
        PieceOutput output = new PieceOutput(largest);
        output.write(new byte[largest]);

        assertThatThrownBy(() -> output.write(1)).isInstanceOf(BodyTooLargeException.class);
    }
}
