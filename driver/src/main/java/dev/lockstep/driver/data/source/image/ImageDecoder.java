package dev.lockstep.driver.data.source.image;

import dev.lockstep.driver.data.rows.BadValueException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import javax.imageio.ImageIO;

/**
 * Turns PNG and JPEG files into numbers from 0 to 255, channel after channel, row after row. Transparency is ignored.
 * An image of another size is scaled, without keeping its proportions.
 *
 * <pre>
 *   grey = 0.299 red + 0.587 green + 0.114 blue        (ITU-R BT.601)
 * </pre>
 */
record ImageDecoder(int channels, int height, int width) implements Serializable {

    void decode(byte[] file, String path, float[] into) throws BadValueException {
        try {
            ImageIO.setUseCache(false);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            if (image == null) {
                throw new BadValueException("File must be a PNG or JPEG image", "image", path);
            }
            write(image, into);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // What ImageIO throws for a damaged file depends on where the damage is.
            throw new BadValueException("Image cannot be decoded (" + e.getMessage() + ")", "image", path);
        }
    }

    private void write(BufferedImage image, float[] into) {
        Bilinear scaling = new Bilinear(image.getHeight(), image.getWidth(), height, width);
        float[][] planes = isGrey(image) ? grey(image) : colours(image);
        for (int channel = 0; channel < channels; channel++) {
            float[] plane = planes.length == 1 ? planes[0] : channels == 1 ? mixed(planes) : planes[channel];
            scaling.scale(plane, into, channel * height * width);
        }
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** As stored: getRGB would take the numbers for linear light and change them. */
    private static float[][] grey(BufferedImage image) {
        Raster raster = image.getRaster();
        float[] plane = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
        float largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= 255 / largest;
        }
        return new float[][] {plane};
    }

    private static float[][] colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        float[][] planes = new float[3][pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[0][i] = pixels[i] >> 16 & 0xFF;
            planes[1][i] = pixels[i] >> 8 & 0xFF;
            planes[2][i] = pixels[i] & 0xFF;
        }
        return planes;
    }

    private static float[] mixed(float[][] planes) {
        float[] grey = new float[planes[0].length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = 0.299f * planes[0][i] + 0.587f * planes[1][i] + 0.114f * planes[2][i];
        }
        return grey;
    }
}
