/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-date.h"

static gboolean
eat_number (OhSlice *cursor, gsize digits, guint64 max, gint *out)
{
  OhSlice taken = oh_slice_eat_token (cursor);
  guint64 number;

  if (taken.len > digits || !oh_slice_to_uint (taken, max, &number))
    return FALSE;
  *out = (gint) number;
  return TRUE;
}

static gboolean
eat_month (OhSlice *cursor, gint *out)
{
  static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  OhSlice word = oh_slice_eat_token (cursor);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (oh_slice_equal_case (word, names[i]))
      {
        *out = (gint) i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
eat_blank (OhSlice *cursor)
{
  return oh_slice_eat_space (cursor) > 0;
}

static gboolean
eat_time (OhSlice *cursor, gint *hour, gint *minute, gint *second)
{
  return eat_number (cursor, 2, 23, hour) && oh_slice_eat (cursor, ':') &&
         eat_number (cursor, 2, 59, minute) && oh_slice_eat (cursor, ':') &&
         eat_number (cursor, 2, 59, second);
}

gboolean
oh_sip_date_parse (OhSlice value, gint64 *out_s)
{
  OhSlice cursor = oh_slice_trim (value);
  gint year, month, day, hour, minute, second;
  g_autoptr (GDateTime) date = NULL;

  (void) oh_slice_eat_token (&cursor); /* "Thu" */
  if (!oh_slice_eat (&cursor, ',') || !eat_blank (&cursor) || !eat_number (&cursor, 2, 31, &day) ||
      !eat_blank (&cursor) || !eat_month (&cursor, &month) || !eat_blank (&cursor) ||
      !eat_number (&cursor, 4, 9999, &year) || !eat_blank (&cursor) ||
      !eat_time (&cursor, &hour, &minute, &second) || !eat_blank (&cursor) ||
      !oh_slice_equal_case (cursor, "GMT"))
    return FALSE;
  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (date == NULL)
    return FALSE; /* 31 Feb */
  *out_s = g_date_time_to_unix (date);
  return TRUE;
}
