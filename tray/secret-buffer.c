/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "secret-buffer.h"

#include "secret-text.h"

#include <string.h>

struct _OhSecretBuffer
{
  GtkEntryBuffer parent;

  char *text;    /* (owned): UTF-8, of oh_secret_alloc() */
  guint n_chars; /* in it */
};

G_DEFINE_FINAL_TYPE (OhSecretBuffer, oh_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

static const char *
get_text (GtkEntryBuffer *buffer, gsize *n_bytes)
{
  OhSecretBuffer *self = OH_SECRET_BUFFER (buffer);

  if (n_bytes != NULL)
    *n_bytes = strlen (self->text);
  return self->text;
}

static guint
get_length (GtkEntryBuffer *buffer)
{
  return OH_SECRET_BUFFER (buffer)->n_chars;
}

/* Octets [@begin, @end) give way to @len octets at @with. A new piece each time: the old one is
 * overwritten as a whole, nothing of it stays behind. */
static void
splice (OhSecretBuffer *self, gsize begin, gsize end, const char *with, gsize len)
{
  gsize old = strlen (self->text);
  gsize size = old - (end - begin) + len + 1;
  char *text = oh_secret_alloc (size);

  memcpy (text, self->text, begin);
  if (len > 0)
    memcpy (text + begin, with, len);
  memcpy (text + begin + len, self->text + end, old - end);
  oh_secret_free (self->text);
  self->text = text;
  self->n_chars = (guint) g_utf8_strlen (text, -1);
}

static gsize
offset_of (OhSecretBuffer *self, guint position)
{
  return (gsize) (g_utf8_offset_to_pointer (self->text, (glong) position) - self->text);
}

static guint
insert_text (GtkEntryBuffer *buffer, guint position, const char *chars, guint n_chars)
{
  OhSecretBuffer *self = OH_SECRET_BUFFER (buffer);
  gsize at = offset_of (self, MIN (position, self->n_chars));
  gsize len = (gsize) (g_utf8_offset_to_pointer (chars, (glong) n_chars) - chars);

  splice (self, at, at, chars, len);
  gtk_entry_buffer_emit_inserted_text (buffer, position, chars, n_chars);
  return n_chars;
}

static guint
delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  OhSecretBuffer *self = OH_SECRET_BUFFER (buffer);
  guint first = MIN (position, self->n_chars);
  guint n = MIN (n_chars, self->n_chars - first);

  if (n == 0)
    return 0;
  splice (self, offset_of (self, first), offset_of (self, first + n), NULL, 0);
  gtk_entry_buffer_emit_deleted_text (buffer, first, n);
  return n;
}

static void
oh_secret_buffer_finalize (GObject *object)
{
  oh_secret_free (OH_SECRET_BUFFER (object)->text);
  G_OBJECT_CLASS (oh_secret_buffer_parent_class)->finalize (object);
}

static void
oh_secret_buffer_class_init (OhSecretBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = oh_secret_buffer_finalize;
  buffer_class->get_text = get_text;
  buffer_class->get_length = get_length;
  buffer_class->insert_text = insert_text;
  buffer_class->delete_text = delete_text;
}

static void
oh_secret_buffer_init (OhSecretBuffer *self)
{
  self->text = oh_secret_alloc (1);
}

void
oh_secret_buffer_attach (GtkEntry *entry)
{
  g_autoptr (GtkEntryBuffer) buffer = g_object_new (OH_TYPE_SECRET_BUFFER, NULL);

  gtk_entry_buffer_set_max_length (buffer, gtk_entry_get_max_length (entry));
  gtk_entry_set_buffer (entry, buffer);
  gtk_entry_set_visibility (entry, FALSE);
  g_object_set (entry, "caps-lock-warning", TRUE, "input-purpose", GTK_INPUT_PURPOSE_PASSWORD,
                "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, NULL);
}
