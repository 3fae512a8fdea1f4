/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-drops.h"

#include "sip-message.h"

static const char *const words[OH_SIP_N_DROPS] = { "broken", "unverified", "forged", "stray",
                                                   "overload" };

void
oh_sip_drops_add (OhSipDrops *self, OhSipDrop why, const char *conversation,
                  const OhSipMessage *message, const char *text, gint64 now_us)
{
  const char *method = message != NULL ? oh_sip_message_method (message) : "message";
  guint64 held_back = 0;

  self->count[why]++;
  if (!oh_log_limit_take (&self->limits[why], OH_LOG_KIND_LINES, now_us, &held_back))
    return;
  g_message ("[%s %.32s] dropped, %s, number %" G_GUINT64_FORMAT " (%" G_GUINT64_FORMAT
             " before it not told): %s",
             conversation, method, words[why], self->count[why], held_back, text);
}

void
oh_sip_drops_settle (OhSipDrops *self, const char *conversation)
{
  for (guint why = 0; why < OH_SIP_N_DROPS; why++)
    {
      guint64 held_back = self->limits[why].held_back;

      if (held_back > 0)
        g_message ("[%s] dropped, %s: %" G_GUINT64_FORMAT " more, %" G_GUINT64_FORMAT " in all",
                   conversation, words[why], held_back, self->count[why]);
      self->limits[why].held_back = 0;
    }
}
