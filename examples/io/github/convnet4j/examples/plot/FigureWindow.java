package io.github.convnet4j.examples.plot;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.WindowConstants;

/** A figure in a window, redrawn at the window's size. For Swing's event thread only. */
final class FigureWindow {
  private FigureWindow() {}

  static void open(String title, List<Panel> panels, Runnable whenClosed) {
    JFrame frame = new JFrame(title);
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent event) {
            whenClosed.run();
          }
        });
    frame.setContentPane(new Canvas(panels));
    frame.pack();
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
  }

  private static final class Canvas extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient List<Panel> panels;

    Canvas(List<Panel> panels) {
      this.panels = panels;
      setPreferredSize(new Dimension(Figure.WIDTH, Figure.HEIGHT));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
      super.paintComponent(graphics);
      FigurePainter.paint((Graphics2D) graphics, panels, getWidth(), getHeight());
    }
  }
}
