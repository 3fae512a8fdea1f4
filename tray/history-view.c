/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-view.h"

#include "history-words.h"
#include "tray-model.h"

#include <glib/gi18n-lib.h>

OhHistoryCall *
oh_history_call_new (GVariant *variant)
{
  OhHistoryCall *self = g_new0 (OhHistoryCall, 1);
  const char *direction, *number, *display, *name, *outcome;
  gint64 settled;

  g_variant_get (variant, "(x&s&s&s&s&s&sxxx&sbx)", &self->id, &direction, &number, &display, &name,
                 NULL, NULL, &self->begun_us, &self->answered_us, &self->ended_us, &outcome,
                 &self->seen, &settled);
  self->direction = g_strdup (direction);
  self->number = g_strdup (number);
  self->display = oh_tray_text_for_eyes (display, OH_TRAY_NAME_MAX);
  self->name = oh_tray_text_for_eyes (name, OH_TRAY_NAME_MAX);
  self->outcome = g_strdup (outcome);
  self->settled = settled != 0;
  return self;
}

void
oh_history_call_free (OhHistoryCall *self)
{
  if (self == NULL)
    return;
  g_free (self->direction);
  g_free (self->number);
  g_free (self->display);
  g_free (self->name);
  g_free (self->outcome);
  g_free (self);
}

gboolean
oh_history_call_is_open (const OhHistoryCall *self)
{
  return g_str_equal (self->outcome, "missed") && !self->seen && !self->settled;
}

char *
oh_history_call_partner (const OhHistoryCall *self)
{
  if (self->name[0] != '\0')
    return g_strdup (self->name);
  return g_strdup (self->number[0] != '\0' ? self->display : _ ("Number withheld"));
}

static const char *
direction_text (const OhHistoryCall *self)
{
  if (g_str_equal (self->direction, "outgoing"))
    return _ ("Outgoing");
  return g_str_equal (self->direction, "incoming") ? _ ("Incoming") : _ ("Call");
}

/* Returns: (nullable): NULL where people have talked: then it is told how long */
static const char *
outcome_text (const OhHistoryCall *self)
{
  return g_str_equal (self->outcome, "answered") ? NULL : oh_words_outcome (self->outcome);
}

char *
oh_history_call_course (const OhHistoryCall *self)
{
  const char *outcome = outcome_text (self);
  gint64 s = (self->ended_us - self->answered_us) / G_USEC_PER_SEC;

  if (outcome != NULL && self->settled)
    /* TRANSLATORS: "Incoming, missed, called back": people have talked since */
    return g_strdup_printf (_ ("%s, %s, settled since"), direction_text (self), outcome);
  if (outcome != NULL)
    return g_strdup_printf ("%s, %s", direction_text (self), outcome);
  if (self->answered_us == 0 || self->ended_us == 0 || s < 0)
    return g_strdup (direction_text (self));
  return g_strdup_printf ("%s, %d:%02d", direction_text (self), (int) (s / 60), (int) (s % 60));
}

char *
oh_history_call_line (const OhHistoryCall *self)
{
  g_autofree char *course = oh_history_call_course (self);

  if (self->name[0] == '\0' || self->number[0] == '\0')
    return g_steal_pointer (&course);
  return g_strdup_printf ("%s · %s", course, self->display);
}

char *
oh_history_call_when (const OhHistoryCall *self, gint64 now_us)
{
  g_autoptr (GDateTime) begun = g_date_time_new_from_unix_local (self->begun_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  gint64 age_us = now_us - self->begun_us;

  if (begun == NULL || now == NULL)
    return g_strdup (""); /* a time beyond the calendar */
  if (g_date_time_get_year (begun) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (begun) == g_date_time_get_day_of_year (now))
    return g_date_time_format (begun, "%H:%M");
  if (age_us > 0 && age_us < 6 * G_TIME_SPAN_DAY)
    return g_date_time_format (begun, "%a %H:%M");
  return g_date_time_format (begun, "%x");
}

const char *
oh_history_call_icon (const OhHistoryCall *self)
{
  if (g_str_equal (self->outcome, "missed"))
    return "call-missed-symbolic";
  return g_str_equal (self->direction, "outgoing") ? "call-outgoing-symbolic"
                                                   : "call-incoming-symbolic";
}

char *
oh_history_missed_text (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u missed call", "%u missed calls", n), n);
}
