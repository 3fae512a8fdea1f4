/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-event.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_clean (const char *value)
{
  if (value == NULL)
    return;
  g_assert_cmpuint (strlen (value), >, 0);
  g_assert_cmpuint (strlen (value), <=, OH_PHONE_EVENT_VALUE_MAX);
  g_assert_true (g_utf8_validate (value, -1, NULL));
  g_assert_cmpint (*value, !=, '$');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* Whatever a phone, or a stranger, sends: what comes out can be shown and logged. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSnomRequest request;
  g_autoptr (OhPhoneEvent) event = NULL;
  g_autofree char *dialled = oh_snom_call_me_parse (oh_slice ((const char *) data, size));

  assert_clean (dialled);

  if (!oh_snom_request_parse (oh_slice ((const char *) data, size), &request))
    return 0;
  event = oh_snom_event_parse (&request);
  if (event == NULL)
    return 0;
  assert_clean (event->call);
  assert_clean (event->remote);
  assert_clean (event->local);
  assert_clean (event->display);
  assert_clean (event->line);
  assert_clean (event->cause);
  return 0;
}
