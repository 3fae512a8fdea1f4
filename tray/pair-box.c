/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "pair-box.h"

#include "bus-connection.h"
#include "bus-generated.h"
#include "bus-secret.h"
#include "error.h"
#include "view-state.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#define CODE_DIGITS 4

struct _OhPairBox
{
  GtkBox parent;

  GtkEntry *address; /* (unowned): as the next two, of the dialog around this */
  GtkEntry *user;
  GtkEntry *password;
  GtkWidget *begin;
  GtkLabel *label;
  GtkEntry *code;
  GtkWidget *confirm;
  OhBusFinder1 *finder;      /* (owned) (nullable): once the agent is found */
  GCancellable *cancellable; /* (owned) */
  char *fingerprint;         /* (owned) (nullable): that is to be compared; NULL: a code is typed */
};

G_DEFINE_FINAL_TYPE (OhPairBox, oh_pair_box, GTK_TYPE_BOX)

enum
{
  PAIRED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy (OhPairBox *self, gboolean busy)
{
  const char *address = gtk_entry_get_text (self->address);

  gtk_widget_set_sensitive (self->begin, !busy && address[0] != '\0');
  gtk_widget_set_sensitive (self->confirm, !busy);
}

/* Takes @error. */
static void
fail (OhPairBox *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; self may be gone */
  oh_error_strip_remote (&owned);
  set_busy (self, FALSE);
  g_signal_emit (self, signals[FAILED], 0, owned);
}

/* --- what the user says --------------------------------------------------------------------- */

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (oh_bus_finder1_call_confirm_finish (OH_BUS_FINDER1 (source), &id, result, &error))
    g_signal_emit (user_data, signals[PAIRED], 0, id);
  else
    fail (user_data, error);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (oh_bus_finder1_call_accept_finish (OH_BUS_FINDER1 (source), &id, result, &error))
    g_signal_emit (user_data, signals[PAIRED], 0, id);
  else
    fail (user_data, error);
}

static void
on_confirm (GtkWidget *widget, OhPairBox *self)
{
  set_busy (self, TRUE);
  if (self->fingerprint != NULL)
    oh_bus_finder1_call_accept (self->finder, self->fingerprint, self->cancellable, on_accepted,
                                self);
  else
    oh_bus_finder1_call_confirm (self->finder, gtk_entry_get_text (self->code), self->cancellable,
                                 on_confirmed, self);
}

/* --- what the phone shows ------------------------------------------------------------------- */

static void
ask (OhPairBox *self, const char *way, const char *fingerprint)
{
  gboolean by_code = g_str_equal (way, "code");
  g_autofree char *pairs = oh_view_fingerprint (fingerprint);
  g_autofree char *text = NULL;

  g_clear_pointer (&self->fingerprint, g_free);
  if (by_code)
    text = g_strdup (_ ("The phone shows four digits. Type them:"));
  else
    text =
      g_strdup_printf (_ ("The phone’s display cannot be reached. Compare the SHA-256 "
                          "fingerprint with what its own page or your administrator says:\n%s"),
                       pairs);
  if (!by_code)
    self->fingerprint = g_strdup (fingerprint);
  gtk_label_set_text (self->label, text);
  gtk_entry_set_text (self->code, "");
  gtk_button_set_label (GTK_BUTTON (self->confirm), by_code ? _ ("Pa_ir") : _ ("It Is the Sa_me"));
  gtk_widget_show (GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self->code), by_code);
  gtk_widget_show (self->confirm);
  gtk_widget_grab_focus (by_code ? GTK_WIDGET (self->code) : self->confirm);
  set_busy (self, FALSE);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *way = NULL;
  g_autofree char *fingerprint = NULL;
  GError *error = NULL;

  if (oh_bus_finder1_call_pair_finish (OH_BUS_FINDER1 (source), &way, &fingerprint, NULL, NULL,
                                       result, &error))
    ask (user_data, way, fingerprint);
  else
    fail (user_data, error); /* that it wants a login, and where to type it, the error says */
}

static void
begin (OhPairBox *self)
{
  GError *error = NULL;
  g_autoptr (GUnixFDList) fds = oh_bus_seal_secret (gtk_entry_get_text (self->password), &error);

  if (fds == NULL)
    fail (self, error);
  else
    oh_bus_finder1_call_pair (self->finder, gtk_entry_get_text (self->address),
                              gtk_entry_get_text (self->user), g_variant_new_handle (0), fds,
                              self->cancellable, on_begun, self);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  OhBusFinder1 *finder = oh_bus_finder1_proxy_new_finish (result, &error);
  OhPairBox *self = user_data;

  if (finder == NULL)
    {
      fail (self, error);
      return;
    }
  self->finder = finder;
  /* The phone has its limits; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (finder), G_MAXINT);
  begin (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhPairBox) self = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    fail (self, error);
  else
    oh_bus_finder1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH,
                              self->cancellable, on_proxy, self);
}

static void
on_begin (GtkButton *button, OhPairBox *self)
{
  set_busy (self, TRUE);
  if (self->finder != NULL)
    begin (self);
  else
    oh_bus_connect_async (NULL, on_connected, g_object_ref (self));
}

/* --- the widget ----------------------------------------------------------------------------- */

static void
on_address (GtkEntry *entry, OhPairBox *self)
{
  set_busy (self, FALSE);
}

static void
oh_pair_box_dispose (GObject *object)
{
  OhPairBox *self = OH_PAIR_BOX (object);

  g_cancellable_cancel (self->cancellable);
  if (self->finder != NULL)
    oh_bus_finder1_call_abandon (self->finder, NULL, NULL, NULL);
  g_clear_object (&self->finder);
  G_OBJECT_CLASS (oh_pair_box_parent_class)->dispose (object);
}

static void
oh_pair_box_finalize (GObject *object)
{
  g_object_unref (OH_PAIR_BOX (object)->cancellable);
  g_free (OH_PAIR_BOX (object)->fingerprint);
  G_OBJECT_CLASS (oh_pair_box_parent_class)->finalize (object);
}

static void
oh_pair_box_class_init (OhPairBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_pair_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_pair_box_finalize;
  signals[PAIRED] = g_signal_new ("paired", OH_TYPE_PAIR_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", OH_TYPE_PAIR_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_pair_box_init (OhPairBox *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  self->begin = gtk_button_new_with_mnemonic (_ ("Sho_w a Code on This Phone"));
  gtk_widget_set_halign (self->begin, GTK_ALIGN_END);
  gtk_widget_show (self->begin);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_line_wrap (self->label, TRUE);
  gtk_label_set_max_width_chars (self->label, 48);
  gtk_label_set_xalign (self->label, 0);
  self->code = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_max_length (self->code, CODE_DIGITS);
  gtk_entry_set_input_purpose (self->code, GTK_INPUT_PURPOSE_DIGITS);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->code)),
                       _ ("Code that the phone shows"));
  self->confirm = gtk_button_new_with_mnemonic (_ ("Pa_ir"));
  gtk_button_set_use_underline (GTK_BUTTON (self->confirm), TRUE);
  gtk_widget_set_halign (self->confirm, GTK_ALIGN_END);
  gtk_box_pack_start (GTK_BOX (self), self->begin, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->label), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), GTK_WIDGET (self->code), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self), self->confirm, FALSE, FALSE, 0);
  g_signal_connect (self->begin, "clicked", G_CALLBACK (on_begin), self);
  g_signal_connect (self->code, "activate", G_CALLBACK (on_confirm), self);
  g_signal_connect (self->confirm, "clicked", G_CALLBACK (on_confirm), self);
}

GtkWidget *
oh_pair_box_new (GtkEntry *address, GtkEntry *user, GtkEntry *password)
{
  OhPairBox *self = g_object_new (OH_TYPE_PAIR_BOX, NULL);

  self->address = address;
  self->user = user;
  self->password = password;
  g_signal_connect_object (address, "changed", G_CALLBACK (on_address), self, 0);
  set_busy (self, FALSE);
  return GTK_WIDGET (self);
}
