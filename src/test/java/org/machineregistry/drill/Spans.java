package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times on the timeline, as spans that neither touch nor overlap, in order. */
final class Spans {
    static final Spans NONE = new Spans(List.of());

    /** @param until is no more in it */
    record Span(long from, long until) {
        long length() {
            return until - from;
        }
    }

    private final List<Span> spans;

    private Spans(List<Span> spans) {
        this.spans = spans;
    }

    static Spans of(long from, long until) {
        return of(List.of(new Span(from, until)));
    }

    static Spans of(List<Span> any) {
        List<Span> sorted = new ArrayList<>(any);
        sorted.removeIf(span -> span.from >= span.until);
        sorted.sort(Comparator.comparingLong(Span::from));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.from <= last.until) {
                merged.set(merged.size() - 1, new Span(last.from, Math.max(last.until, span.until)));
            } else {
                merged.add(span);
            }
        }
        return new Spans(merged);
    }

    List<Span> all() {
        return spans;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    boolean contains(long time) {
        return spans.stream().anyMatch(span -> span.from <= time && time < span.until);
    }

    boolean touches(long from, long until) {
        return spans.stream().anyMatch(span -> span.from <= until && from < span.until);
    }

    Spans and(Spans other) {
        List<Span> both = new ArrayList<>(spans);
        both.addAll(other.spans);
        return of(both);
    }

    Spans within(Spans other) {
        List<Span> common = new ArrayList<>();
        for (Span one : spans) {
            for (Span two : other.spans) {
                common.add(new Span(Math.max(one.from, two.from), Math.min(one.until, two.until)));
            }
        }
        return of(common);
    }

    Spans without(Spans other) {
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            long from = span.from;
            for (Span cut : other.spans) {
                if (cut.until > from && cut.from < span.until) {
                    left.add(new Span(from, cut.from));
                    from = Math.max(from, cut.until);
                }
            }
            left.add(new Span(from, span.until));
        }
        return of(left);
    }

    /** Each of them longer by so much at its end. */
    Spans longerBy(long millis) {
        return of(spans.stream().map(span -> new Span(span.from, span.until + millis)).toList());
    }

    /** The end of the last span that touches this time, or the given one where none does. */
    long endOfLast(long from, long until, long otherwise) {
        return spans.stream().filter(span -> span.from <= until && from < span.until)
                .mapToLong(Span::until).reduce((one, other) -> other).orElse(otherwise);
    }

    @Override
    public String toString() {
        return spans.toString();
    }
}
