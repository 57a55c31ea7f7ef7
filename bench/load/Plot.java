import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Plot RESULTS.tsv GROWTH.tsv PLOT.svg: how cost grows with the number of machines, and below it each figure as a bar, in parts of what
 * was asked for; the line is the bar to reach.
 */
class Plot {
    private static final int WIDTH = 1040;
    private static final int ROW = 34;
    private static final int LEFT = 520;
    private static final int UNIT = 180;
    private static final int PANEL_WIDTH = WIDTH / 2;
    private static final int PANEL_HEIGHT = 220;
    private static final int PLOT_HEIGHT = 120;
    private static final String[] COLOURS = {"#2e7d5b", "#2f5d9b"};

    private final StringBuilder svg = new StringBuilder();

    public static void main(String[] arguments) throws IOException {
        List<String[]> results = rows(arguments[0]).stream().filter(row -> !row[3].isEmpty()).toList();
        Plot plot = new Plot();
        int barsAt = 2 * PANEL_HEIGHT;
        int height = barsAt + results.size() * ROW + 40;
        plot.add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">"
                + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#fff\"/>%n", WIDTH, height);
        plot.growth(rows(arguments[1]));
        plot.bars(results, barsAt);
        plot.add("</svg>%n");
        Files.writeString(Path.of(arguments[2]), plot.svg);
    }

    private static List<String[]> rows(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().map(line -> line.split("\t")).toList();
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private void growth(List<String[]> sizes) {
        panel(sizes, 0, 0, "processor time, ms a second", new int[]{3, 4}, "service", "PostgreSQL");
        panel(sizes, PANEL_WIDTH, 0, "memory of the service, MiB", new int[]{5, 6}, "resident", "live");
        panel(sizes, 0, PANEL_HEIGHT, "statements a second", new int[]{7});
        panel(sizes, PANEL_WIDTH, PANEL_HEIGHT, "write-ahead log, KiB a second", new int[]{8});
    }

    /** A line for each of the columns; the sizes stand at equal distances. */
    private void panel(List<String[]> sizes, int x, int y, String title, int[] columns, String... names) {
        double most = IntStream.of(columns)
                .mapToDouble(column -> sizes.stream().mapToDouble(size -> Double.parseDouble(size[column])).max().orElse(0))
                .max().orElse(0);
        int bottom = y + 60 + PLOT_HEIGHT;
        int step = (PANEL_WIDTH - 120) / Math.max(1, sizes.size() - 1);
        add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", x + 40, y + 24, title);
        add("<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%3$d\" stroke=\"#333\"/>%n", x + 40, x + PANEL_WIDTH - 40, bottom);
        for (int i = 0; i < sizes.size(); i++) {
            add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n", x + 60 + i * step, bottom + 18,
                    Long.parseLong(sizes.get(i)[0]));
        }
        for (int line = 0; line < columns.length; line++) {
            line(sizes, columns[line], x + 60, step, bottom, most, COLOURS[line]);
        }
        for (int line = 0; line < names.length; line++) {
            add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", x + 40 + line * 90, y + 42, COLOURS[line], names[line]);
        }
    }

    private void line(List<String[]> sizes, int column, int x, int step, int bottom, double most, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < sizes.size(); i++) {
            double value = Double.parseDouble(sizes.get(i)[column]);
            double height = most == 0 ? 0 : value / most * PLOT_HEIGHT;
            points.append(String.format(Locale.ROOT, "%d,%.1f ", x + i * step, bottom - height));
            add("<circle cx=\"%d\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/><text x=\"%1$d\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"11\""
                    + " fill=\"%3$s\">%s</text>%n", x + i * step, bottom - height, colour, bottom - height - 6,
                    sizes.get(i)[column]);
        }
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", points.toString().strip(), colour);
    }

    private void bars(List<String[]> results, int y) {
        for (int i = 0; i < results.size(); i++) {
            bar(results.get(i), y + 20 + i * ROW);
        }
        int bottom = y + results.size() * ROW + 40;
        add("<line x1=\"%d\" x2=\"%1$d\" y1=\"%d\" y2=\"%d\" stroke=\"#333\" stroke-dasharray=\"4\"/>%n", LEFT + UNIT, y + 10,
                bottom - 20);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">the bar</text>%n", LEFT + UNIT, bottom - 6);
    }

    private void bar(String[] row, int y) {
        double value = Double.parseDouble(row[1]);
        double bar = Double.parseDouble(row[3]);
        boolean met = switch (row[2]) {
            case "≥" -> value >= bar;
            case "=" -> value == bar;
            default -> value <= bar;
        };
        double part = bar == 0 ? value == 0 ? 0 : 2 : value / bar;
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"18\" fill=\"%s\"/><text x=\"%.0f\" y=\"%d\">%s (%s %s)</text>%n",
                LEFT - 10, y + 14, row[0], LEFT, y, Math.min(2.2, part) * UNIT, met ? "#2e7d5b" : "#b3402e",
                LEFT + Math.min(2.2, part) * UNIT + 8, y + 14, row[1], row[2], row[3]);
    }
}
