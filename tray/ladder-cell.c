/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "ladder-cell.h"

#include <glib/gi18n-lib.h>

/* Pixels: from the edge to the outer lines, below the text, the arrow's head, and what a column
 * for each participant needs at least. */
#define EDGE 40
#define BELOW 9
#define HEAD_LENGTH 8.0
#define HEAD_WIDTH 4.0
#define PITCH_MIN 140

struct _OhLadderCell
{
  GtkCellRendererText parent;

  const OhExplanation *explanation; /* (unowned) (nullable) */
  guint n;
};

G_DEFINE_FINAL_TYPE (OhLadderCell, oh_ladder_cell, GTK_TYPE_CELL_RENDERER_TEXT)

double
oh_ladder_cell_x (const OhExplanation *explanation, guint participant, int width)
{
  guint n = oh_explanation_n_participants (explanation);

  return n < 2 ? EDGE : EDGE + (double) participant * (width - 2 * EDGE) / (n - 1);
}

static PangoLayout *
make_layout (GtkWidget *widget, const char *text, int width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  return layout;
}

/* Red for what failed, as the theme has it; a selected row keeps its own colour. */
static GdkRGBA
colour_of (GtkStyleContext *context, OhFindingSeverity verdict)
{
  static const struct
  {
    const char *name;
    GdkRGBA fallback;
  } colours[OH_FINDING_N_SEVERITIES] = {
    [OH_FINDING_WARNING] = { "warning_color", { 0.71, 0.42, 0.0, 1.0 } },
    [OH_FINDING_ERROR] = { "error_color", { 0.75, 0.11, 0.16, 1.0 } },
  };
  GtkStateFlags state = gtk_style_context_get_state (context);
  GdkRGBA colour;

  gtk_style_context_get_color (context, state, &colour);
  if (colours[verdict].name == NULL || state & GTK_STATE_FLAG_SELECTED)
    return colour;
  if (!gtk_style_context_lookup_color (context, colours[verdict].name, &colour))
    colour = colours[verdict].fallback;
  return colour;
}

static void
draw_lines (OhLadderCell *self, cairo_t *cr, const GdkRectangle *area, GdkRGBA colour)
{
  colour.alpha *= 0.35;
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1.0);
  for (guint i = 0; i < oh_explanation_n_participants (self->explanation); i++)
    {
      double x = area->x + (int) oh_ladder_cell_x (self->explanation, i, area->width) + 0.5;

      cairo_move_to (cr, x, area->y);
      cairo_line_to (cr, x, area->y + area->height);
    }
  cairo_stroke (cr);
}

static void
draw_arrow (cairo_t *cr, double from, double to, double y)
{
  double back = to > from ? -HEAD_LENGTH : HEAD_LENGTH;

  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, to + back / 2, y);
  cairo_stroke (cr);
  cairo_move_to (cr, to, y);
  cairo_line_to (cr, to + back, y - HEAD_WIDTH);
  cairo_line_to (cr, to + back, y + HEAD_WIDTH);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_label (GtkWidget *widget, cairo_t *cr, const char *label, double left, double width, double y,
            PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = make_layout (widget, label, (int) width);

  pango_layout_set_alignment (layout, alignment);
  cairo_move_to (cr, left, y);
  pango_cairo_show_layout (cr, layout);
}

static void
oh_ladder_cell_render (GtkCellRenderer *renderer, cairo_t *cr, GtkWidget *widget,
                       const GdkRectangle *background, const GdkRectangle *area,
                       GtkCellRendererState flags)
{
  OhLadderCell *self = OH_LADDER_CELL (renderer);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const OhExplainMessage *message;
  GdkRectangle full = { area->x, background->y, area->width, background->height };
  GdkRGBA colour;
  double from, to, y;

  if (self->explanation == NULL)
    return;
  message = oh_explanation_message (self->explanation, self->n);
  from = area->x + oh_ladder_cell_x (self->explanation, message->from, area->width);
  to = area->x + oh_ladder_cell_x (self->explanation, message->to, area->width);
  y = area->y + area->height - BELOW / 2.0;
  colour = colour_of (context, OH_FINDING_OK);
  draw_lines (self, cr, &full, colour);
  colour = colour_of (context, message->verdict);
  gdk_cairo_set_source_rgba (cr, &colour);
  if (message->from != message->to)
    {
      draw_arrow (cr, from, to, y);
      draw_label (widget, cr, message->label, MIN (from, to) + 4, ABS (to - from) - 8, area->y,
                  PANGO_ALIGN_CENTER);
    }
  else
    {
      cairo_arc (cr, from, y - 4, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
      draw_label (widget, cr, message->label, from + 8, area->width - (from - area->x) - 12,
                  area->y + 2, PANGO_ALIGN_LEFT);
    }
}

static void
oh_ladder_cell_get_preferred_width (GtkCellRenderer *renderer, GtkWidget *widget, int *minimum,
                                    int *natural)
{
  OhLadderCell *self = OH_LADDER_CELL (renderer);
  guint n = self->explanation != NULL ? oh_explanation_n_participants (self->explanation) : 1;
  int width = 2 * EDGE + (int) (MAX (n, 2) - 1) * PITCH_MIN;

  if (minimum != NULL)
    *minimum = width;
  if (natural != NULL)
    *natural = width;
}

static void
oh_ladder_cell_get_preferred_height (GtkCellRenderer *renderer, GtkWidget *widget, int *minimum,
                                     int *natural)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "Ág");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  if (minimum != NULL)
    *minimum = height + BELOW;
  if (natural != NULL)
    *natural = height + BELOW;
}

static void
oh_ladder_cell_get_preferred_height_for_width (GtkCellRenderer *renderer, GtkWidget *widget,
                                               int width, int *minimum, int *natural)
{
  oh_ladder_cell_get_preferred_height (renderer, widget, minimum, natural);
}

void
oh_ladder_cell_set_message (OhLadderCell *self, const OhExplanation *explanation, guint n)
{
  const OhExplainMessage *message = oh_explanation_message (explanation, n);
  const char *from = oh_explanation_participant (explanation, message->from);
  const char *to = oh_explanation_participant (explanation, message->to);
  g_autofree char *text = message->from != message->to
                            /* TRANSLATORS: a message, who sent it, who got it */
                            ? g_strdup_printf (_ ("%s, from %s to %s"), message->label, from, to)
                            : g_strdup (message->label);

  self->explanation = explanation;
  self->n = n;
  g_object_set (self, "text", text, NULL);
}

static void
oh_ladder_cell_class_init (OhLadderCellClass *klass)
{
  GtkCellRendererClass *cell_class = GTK_CELL_RENDERER_CLASS (klass);

  cell_class->render = oh_ladder_cell_render;
  cell_class->get_preferred_width = oh_ladder_cell_get_preferred_width;
  cell_class->get_preferred_height = oh_ladder_cell_get_preferred_height;
  cell_class->get_preferred_height_for_width = oh_ladder_cell_get_preferred_height_for_width;
}

static void
oh_ladder_cell_init (OhLadderCell *self)
{
}

OhLadderCell *
oh_ladder_cell_new (void)
{
  return g_object_new (OH_TYPE_LADDER_CELL, NULL);
}
