/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "number-details.h"

#include "text-for-eyes.h"

#include <glib/gi18n-lib.h>

/* Characters of one line; what was typed may have been anything. */
#define VALUE_MAX 128
#define VALUE_WIDTH 40

struct _OhNumberDetails
{
  GtkExpander parent;

  GtkGrid *grid;
  int rows;
};

G_DEFINE_FINAL_TYPE (OhNumberDetails, oh_number_details, GTK_TYPE_EXPANDER)

static void
add_row (OhNumberDetails *self, const char *name, const char *value)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (text), VALUE_WIDTH);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE); /* Tab goes on to the buttons */
  gtk_grid_attach (self->grid, label, 0, self->rows, 1, 1);
  gtk_grid_attach (self->grid, text, 1, self->rows, 1, 1);
  self->rows++;
}

static void
add_line (OhNumberDetails *self, const char *name, const char *value)
{
  g_autofree char *safe = oh_tray_text_for_eyes (value, VALUE_MAX);

  if (safe[0] != '\0')
    add_row (self, name, safe);
}

/* One line per step; each is made safe by itself, for the line ends are ours. */
static void
add_way (OhNumberDetails *self, const char *way)
{
  g_auto (GStrv) steps = g_strsplit (way, "\n", -1);

  for (guint i = 0; steps[i] != NULL; i++)
    add_line (self, i == 0 ? _ ("Way") : "", steps[i]);
}

static void
destroy_child (GtkWidget *child, gpointer user_data)
{
  gtk_widget_destroy (child);
}

void
oh_number_details_show (OhNumberDetails *self, const OhParsedNumber *number)
{
  gtk_container_foreach (GTK_CONTAINER (self->grid), destroy_child, NULL);
  self->rows = 0;
  add_line (self, _ ("Given"), number->typed);
  add_line (self, _ ("Dialled"), number->dialled);
  add_line (self, _ ("Shown as"), number->display);
  add_line (self, _ ("Kind"), oh_parsed_number_kind_text (number));
  add_line (self, _ ("Rule"), number->rule);
  add_way (self, number->way);
  gtk_widget_show_all (GTK_WIDGET (self->grid));
}

/* The label is a property of construction: set any earlier it would be gone. */
static void
oh_number_details_constructed (GObject *object)
{
  G_OBJECT_CLASS (oh_number_details_parent_class)->constructed (object);
  g_object_set (object, "label", _ ("_Details"), "use-underline", TRUE, "resize-toplevel", TRUE,
                NULL);
}

static void
oh_number_details_class_init (OhNumberDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = oh_number_details_constructed;
}

static void
oh_number_details_init (OhNumberDetails *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 6);
  gtk_container_add (GTK_CONTAINER (self), GTK_WIDGET (self->grid));
}
