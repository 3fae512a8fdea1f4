/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "found-list.h"

#include "finder-client.h"
#include "text-for-eyes.h"

#include <glib/gi18n-lib.h>

/* As long as somebody may need who reads what to do, walks over and restarts the phone. */
#define LISTEN_S 180
#define LIST_HEIGHT 132
/* What a device says of itself is shown this far. */
#define WORD_MAX 40

struct _OhFoundList
{
  GtkBox parent;

  OhFinderClient *client;
  GtkListBox *list;
  GtkLabel *empty;
  GtkProgressBar *bar;
  GtkWidget *probe;
  gboolean probing; /* the search under way asks hosts */
  gboolean again;   /* the next one shall, as soon as this one is over */
};

G_DEFINE_FINAL_TYPE (OhFoundList, oh_found_list, GTK_TYPE_BOX)

static guint chosen_signal;

/* --- rows ----------------------------------------------------------------------------------- */

/* The same by MAC or, where one search knew no MAC, by address. */
static gboolean
is_row_of (GtkListBoxRow *row, const OhTrayFound *found)
{
  const char *mac = g_object_get_data (G_OBJECT (row), "mac");
  const char *address = g_object_get_data (G_OBJECT (row), "address");

  if (mac[0] != '\0' && found->mac[0] != '\0')
    return g_str_equal (mac, found->mac);
  return found->address[0] != '\0' && g_str_equal (address, found->address);
}

static GtkListBoxRow *
find_row (OhFoundList *self, const OhTrayFound *found)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (is_row_of (row, found))
      return row;
  return NULL;
}

static GtkListBoxRow *
add_row (OhFoundList *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  g_object_set (label, "margin", 6, NULL);
  gtk_container_add (GTK_CONTAINER (row), label);
  gtk_container_add (GTK_CONTAINER (self->list), row);
  return GTK_LIST_BOX_ROW (row);
}

static char *
describe (const OhTrayFound *found)
{
  g_autofree char *model = oh_tray_text_for_eyes (found->model, WORD_MAX);
  g_autofree char *address = oh_tray_text_for_eyes (found->address, WORD_MAX);
  const char *name = model[0] != '\0' ? model : _ ("Phone");

  if (found->cordless)
    return g_strdup_printf (_ ("%s at %s: cordless, takes no commands"), name, address);
  if (found->phone[0] != '\0')
    return g_strdup_printf (_ ("%s at %s: set up as “%s”"), name, address, found->phone);
  return g_strdup_printf (_ ("%s at %s, MAC %s"), name, address,
                          found->mac[0] != '\0' ? found->mac : _ ("unknown"));
}

/* What an earlier search has found out about it, a later one that does not ask need not know. */
static void
remember (GtkListBoxRow *row, OhTrayFound *found)
{
  static const char *const names[] = { "address", "mac", "model" };
  const char **const fields[] = { &found->address, &found->mac, &found->model };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *before = g_object_get_data (G_OBJECT (row), names[i]);

      /* a model ("snomD785") is more than its maker's name */
      if (before == NULL || !g_str_has_prefix (before, *fields[i]))
        g_object_set_data_full (G_OBJECT (row), names[i], g_strdup (*fields[i]), g_free);
      *fields[i] = g_object_get_data (G_OBJECT (row), names[i]);
    }
  if (found->cordless)
    g_object_set_data (G_OBJECT (row), "cordless", row);
  found->cordless = g_object_get_data (G_OBJECT (row), "cordless") != NULL;
}

static void
on_found (OhFinderClient *client, const OhTrayFound *news, OhFoundList *self)
{
  GtkListBoxRow *row = find_row (self, news);
  OhTrayFound found = *news;
  g_autofree char *text = NULL;

  if (row == NULL)
    row = add_row (self);
  remember (row, &found);
  text = describe (&found);
  gtk_label_set_text (GTK_LABEL (gtk_bin_get_child (GTK_BIN (row))), text);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (row)), text);
  gtk_widget_set_sensitive (GTK_WIDGET (row),
                            !found.cordless && found.phone[0] == '\0' && found.address[0] != '\0');
  gtk_widget_show_all (GTK_WIDGET (row));
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, OhFoundList *self)
{
  if (row != NULL && gtk_widget_get_sensitive (GTK_WIDGET (row)))
    g_signal_emit (self, chosen_signal, 0, g_object_get_data (G_OBJECT (row), "address"));
}

/* --- the search ----------------------------------------------------------------------------- */

static void
search (OhFoundList *self, gboolean probe)
{
  self->probing = probe;
  self->again = FALSE;
  gtk_widget_set_sensitive (self->probe, !probe);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), probe);
  gtk_progress_bar_set_fraction (self->bar, 0);
  oh_finder_client_search (self->client, probe, probe ? 0 : LISTEN_S);
}

static void
on_progress (OhFinderClient *client, guint done, guint total, OhFoundList *self)
{
  g_autofree char *text = NULL;

  if (total == 0)
    return;
  text = g_strdup_printf (_ ("%u of %u hosts asked"), done, total);
  gtk_progress_bar_set_fraction (self->bar, (double) done / total);
  gtk_progress_bar_set_text (self->bar, text);
}

static void
on_done (OhFinderClient *client, const GError *error, OhFoundList *self)
{
  gboolean probed = self->probing;

  self->probing = FALSE;
  gtk_widget_hide (GTK_WIDGET (self->bar));
  gtk_widget_set_sensitive (self->probe, TRUE);
  if (self->again)
    search (self, TRUE);
  else if (probed) /* and on with what costs nobody anything */
    search (self, FALSE);
  if (error != NULL && !self->again)
    g_debug ("%s", error->message);
}

static void
on_probe (GtkButton *button, OhFoundList *self)
{
  self->again = TRUE;
  gtk_widget_set_sensitive (self->probe, FALSE);
  oh_finder_client_cancel (self->client); /* "done" begins the next */
}

/* --- the widget ----------------------------------------------------------------------------- */

static GtkWidget *
make_list (OhFoundList *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->empty = GTK_LABEL (gtk_label_new (
    _ ("No phone found yet. Restart yours: it announces itself. Or have every host of your network "
       "asked once, or type the address that stands on the phone’s display (Menu, System Info).")));
  gtk_label_set_line_wrap (self->empty, TRUE);
  gtk_label_set_max_width_chars (self->empty, 48);
  g_object_set (self->empty, "margin", 12, "visible", TRUE, NULL);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->empty)),
                               GTK_STYLE_CLASS_DIM_LABEL);
  gtk_list_box_set_placeholder (self->list, GTK_WIDGET (self->empty));
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->list)), _ ("Phones found"));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (scrolled), GTK_SHADOW_IN);
  gtk_container_add (GTK_CONTAINER (scrolled), GTK_WIDGET (self->list));
  return scrolled;
}

static void
oh_found_list_dispose (GObject *object)
{
  OhFoundList *self = OH_FOUND_LIST (object);

  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      oh_finder_client_cancel (self->client);
    }
  g_clear_object (&self->client);
  G_OBJECT_CLASS (oh_found_list_parent_class)->dispose (object);
}

static void
oh_found_list_class_init (OhFoundListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_found_list_dispose;
  chosen_signal = g_signal_new ("chosen", OH_TYPE_FOUND_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
oh_found_list_init (OhFoundList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_pack_start (GTK_BOX (self), make_list (self), TRUE, TRUE, 0);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->bar), FALSE, FALSE, 0);
  self->probe = gtk_button_new_with_mnemonic (_ ("As_k Every Host of the Network"));
  gtk_widget_set_halign (self->probe, GTK_ALIGN_END);
  g_signal_connect (self->probe, "clicked", G_CALLBACK (on_probe), self);
  gtk_box_pack_start (GTK_BOX (self), self->probe, FALSE, FALSE, 0);
  gtk_widget_show_all (GTK_WIDGET (self));
  self->client = oh_finder_client_new ();
  g_signal_connect (self->client, "found", G_CALLBACK (on_found), self);
  g_signal_connect (self->client, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (self->client, "done", G_CALLBACK (on_done), self);
  search (self, FALSE);
}

GtkWidget *
oh_found_list_new (void)
{
  return g_object_new (OH_TYPE_FOUND_LIST, NULL);
}
