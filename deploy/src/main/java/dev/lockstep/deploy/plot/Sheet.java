package dev.lockstep.deploy.plot;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Diagnosis;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture of panels under a title, in rows.
 *
 * @param note under the title
 * @param columns panels of a row
 */
record Sheet(String title, String note, List<? extends Chart<?, ?>> panels, int columns) {
    /** Pixels of the picture for one of the layout: fine enough for large screens and print. */
    private static final double SCALE = 1.5;

    private static final int HEAD = 64;
    private static final int MARGIN = 14;

    /**
     * Makes a picture as a PNG file.
     *
     * @throws DataException where this Java cannot draw letters
     */
    static byte[] png(Supplier<Sheet> sheet) {
        try {
            return sheet.get().drawn();
        } catch (IOException | LinkageError | InternalError | RuntimeException e) {
            if (e instanceof DataException known) {
                throw known;
            }
            // What Java says where fonts are missing depends on what of them is, and on its version.
            throw new DataException(
                    "Java cannot draw here: reason=" + Diagnosis.reason(e) + ". Pictures need a Java with java.desktop,"
                            + " fontconfig and a font, as by apt install fontconfig fonts-dejavu-core.",
                    e);
        }
    }

    private byte[] drawn() throws IOException {
        int across = Math.min(columns, panels.size());
        int rows = (panels.size() + columns - 1) / columns;
        int width = panels.get(0).getWidth();
        int height = panels.get(0).getHeight();
        BufferedImage image = new BufferedImage(
                (int) ((across * width + 2 * MARGIN) * SCALE),
                (int) ((HEAD + rows * height + MARGIN) * SCALE),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.scale(SCALE, SCALE);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Colours.INK);
        pen.setFont(Panels.font(Font.BOLD, 18));
        pen.drawString(title, 2 * MARGIN, 30);
        pen.setColor(Colours.FAINT);
        pen.setFont(Panels.font(Font.PLAIN, 13));
        pen.drawString(note, 2 * MARGIN, 52);
        for (int i = 0; i < panels.size(); i++) {
            int x = MARGIN + i % columns * width;
            int y = HEAD + i / columns * height;
            Graphics2D part = (Graphics2D) pen.create(x, y, width, height);
            panels.get(i).paint(part, width, height);
            part.dispose();
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java writes no PNG files");
        }
        return out.toByteArray();
    }
}
