/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-tap.h"

static OhWireTapFunc listener;
static gpointer listener_data;

void
oh_wire_tap_set (OhWireTapFunc func, gpointer user_data)
{
  listener = func;
  listener_data = user_data;
}

gboolean
oh_wire_tap_wanted (void)
{
  return listener != NULL;
}

void
oh_wire_tap (const OhWireRecord *record)
{
  if (listener != NULL)
    listener (record, listener_data);
}

void
oh_wire_tap_note (const char *conversation, const char *peer, const char *format, ...)
{
  OhWireRecord record = { OH_WIRE_NOTE, conversation, peer, "pass", { NULL, 0 } };
  g_autofree char *text = NULL;
  va_list args;

  if (listener == NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  record.octets = oh_slice_str (text);
  oh_wire_tap (&record);
}
