/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "search-view.h"

#include "contact-list.h"
#include "search-client.h"

#include <glib/gi18n-lib.h>

/* Pixels: the contacts keep the greater part of the window. */
#define LIST_HEIGHT_MAX 220
/* People that are shown, whatever the agent sends. */
#define PEOPLE_MAX 200u

struct _OhSearchView
{
  GtkBox parent;

  OhSearchClient *client; /* (owned) */
  GPtrArray *people;      /* (owned) (element-type OhTrayContact) */
  GtkWidget *spinner;
  GtkWidget *scrolled;
  OhContactList *list;
  GtkLabel *line;
};

G_DEFINE_FINAL_TYPE (OhSearchView, oh_search_view, GTK_TYPE_BOX)

/* Somebody of the directory; borrowed from the variant. */
typedef struct
{
  const char *name, *uri, *mail, *title, *department, *company, *contact;
  GVariant *numbers; /* (owned) */
} Stranger;

/* "Buyer, Purchase, Fabrikam" */
static char *
place_of (const Stranger *stranger)
{
  const char *parts[] = { stranger->title, stranger->department, stranger->company };
  g_autoptr (GString) place = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (place, "%s%s", place->len > 0 ? ", " : "", parts[i]);
  return g_strdup (place->len > 0 ? place->str : stranger->mail);
}

static OhTrayContact *
read_stranger (const Stranger *stranger, guint number)
{
  g_autofree char *key =
    g_strdup_printf ("directory:%u", number); /* a row without an address, too */
  g_autofree char *place = place_of (stranger);
  OhTrayContact *person = oh_tray_contact_new (key, stranger->name);
  GVariantIter iter;
  const char *type, *dialled, *display;

  oh_tray_contact_set_presence (person, "unknown", place);
  person->stranger = TRUE;
  if (stranger->uri[0] != '\0')
    person->address = g_strdup (stranger->uri);
  g_variant_iter_init (&iter, stranger->numbers);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &type, &dialled, &display))
    oh_tray_contact_add_number (person, type, dialled, display);
  return person;
}

static void
on_started (OhSearchView *self)
{
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_widget_show (GTK_WIDGET (self));
}

static void
show_people (OhSearchView *self)
{
  oh_contact_list_set_people (self->list, self->people);
  gtk_widget_set_visible (self->scrolled, self->people->len > 0);
}

static void
say (OhSearchView *self, const char *text)
{
  gtk_label_set_text (self->line, text);
  gtk_widget_set_visible (GTK_WIDGET (self->line), text[0] != '\0');
}

static void
on_found (OhSearchClient *client, GVariant *people, const char *const *contacts, OhSearchView *self)
{
  GVariantIter iter;
  Stranger stranger;

  g_variant_iter_init (&iter, people);
  while (g_variant_iter_next (&iter, "(&s&s&s&s&s&s&s@a(sss))", &stranger.name, &stranger.uri,
                              &stranger.mail, &stranger.title, &stranger.department,
                              &stranger.company, &stranger.contact, &stranger.numbers))
    {
      /* a contact that stands above is one line, not two */
      if (self->people->len < PEOPLE_MAX && !g_strv_contains (contacts, stranger.contact))
        g_ptr_array_add (self->people, read_stranger (&stranger, self->people->len));
      g_variant_unref (stranger.numbers);
    }
  show_people (self);
}

static void
on_finished (OhSearchClient *client, gboolean more, const char *message, OhSearchView *self)
{
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  if (message[0] != '\0')
    say (self, message);
  else if (more)
    say (self, _ ("There are more people; type more."));
  else if (self->people->len == 0)
    say (self, _ ("Nobody by that name"));
}

void
oh_search_view_set_query (OhSearchView *self, const char *typed)
{
  g_return_if_fail (OH_IS_SEARCH_VIEW (self));
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  g_ptr_array_set_size (self->people, 0);
  show_people (self);
  say (self, "");
  if (typed[0] == '\0')
    gtk_widget_hide (GTK_WIDGET (self));
  oh_search_client_set_query (self->client, typed);
}

void
oh_search_view_call_first (OhSearchView *self)
{
  g_return_if_fail (OH_IS_SEARCH_VIEW (self));
  oh_contact_list_call_first (self->list);
}

static void
oh_search_view_dispose (GObject *object)
{
  OhSearchView *self = OH_SEARCH_VIEW (object);

  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      oh_search_client_set_query (self->client, "");
    }
  g_clear_object (&self->client);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (oh_search_view_parent_class)->dispose (object);
}

static void
oh_search_view_class_init (OhSearchViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_search_view_dispose;
}

static GtkWidget *
make_heading (OhSearchView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Directory"));
  PangoAttrList *bold = pango_attr_list_new ();

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (GTK_LABEL (label), bold);
  pango_attr_list_unref (bold);
  self->spinner = gtk_spinner_new ();
  atk_object_set_name (gtk_widget_get_accessible (self->spinner), _ ("The directory is searched"));
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->spinner, FALSE, FALSE, 0);
  gtk_container_set_border_width (GTK_CONTAINER (box), 6);
  gtk_widget_show_all (box);
  return box;
}

static void
make_list (OhSearchView *self)
{
  self->scrolled = gtk_scrolled_window_new (NULL, NULL);
  self->list = g_object_new (OH_TYPE_CONTACT_LIST, "visible", TRUE, NULL);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->list)), _ ("Directory"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled),
                                              LIST_HEIGHT_MAX);
  gtk_container_add (GTK_CONTAINER (self->scrolled), GTK_WIDGET (self->list));
}

static void
make_line (OhSearchView *self)
{
  self->line = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->line, 0);
  gtk_label_set_line_wrap (self->line, TRUE);
  gtk_label_set_max_width_chars (self->line, 40);
  gtk_label_set_selectable (self->line, TRUE); /* a message is copied into a mail */
  gtk_widget_set_can_focus (GTK_WIDGET (self->line), FALSE);
  g_object_set (self->line, "margin", 6, NULL);
}

static void
oh_search_view_init (OhSearchView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  make_list (self);
  make_line (self);
  gtk_box_pack_start (GTK_BOX (self), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), FALSE, FALSE,
                      0);
  gtk_box_pack_start (GTK_BOX (self), make_heading (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->scrolled, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->line), FALSE, FALSE, 0);
  self->client = oh_search_client_new ();
  g_signal_connect_swapped (self->client, "started", G_CALLBACK (on_started), self);
  g_signal_connect (self->client, "found", G_CALLBACK (on_found), self);
  g_signal_connect (self->client, "finished", G_CALLBACK (on_finished), self);
}
