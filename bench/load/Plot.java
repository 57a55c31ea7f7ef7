import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Plot RESULTS.tsv PLOT.svg: each figure as a bar, in parts of what was asked for; the line is the bar to reach. */
class Plot {
    private static final int ROW = 34;
    private static final int LEFT = 380;
    private static final int UNIT = 180;

    public static void main(String[] arguments) throws IOException {
        List<String> rows = Files.readAllLines(Path.of(arguments[0]));
        StringBuilder svg = new StringBuilder();
        int height = rows.size() * ROW + 40;
        svg.append(String.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"860\" height=\"%d\" font-family=\"sans-serif\""
                + " font-size=\"13\"><rect width=\"860\" height=\"%d\" fill=\"#fff\"/>%n", height, height));
        for (int i = 0; i < rows.size(); i++) {
            svg.append(row(rows.get(i).split("\t"), 20 + i * ROW));
        }
        svg.append(String.format("<line x1=\"%1$d\" x2=\"%1$d\" y1=\"10\" y2=\"%2$d\" stroke=\"#333\" stroke-dasharray=\"4\"/>%n",
                LEFT + UNIT, height - 20));
        svg.append(String.format("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">the bar</text></svg>%n", LEFT + UNIT, height - 6));
        Files.writeString(Path.of(arguments[1]), svg);
    }

    private static String row(String[] row, int y) {
        double value = Double.parseDouble(row[1]);
        double bar = Double.parseDouble(row[3]);
        boolean met = switch (row[2]) {
            case "≥" -> value >= bar;
            case "=" -> value == bar;
            default -> value <= bar;
        };
        double part = bar == 0 ? value == 0 ? 0 : 2 : value / bar;
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"18\" fill=\"%s\"/><text x=\"%.0f\" y=\"%d\">%s (%s %s)</text>%n",
                LEFT - 10, y + 14, row[0], LEFT, y, Math.min(2.2, part) * UNIT, met ? "#2e7d5b" : "#b3402e",
                LEFT + Math.min(2.2, part) * UNIT + 8, y + 14, row[1], row[2], row[3]);
    }
}
