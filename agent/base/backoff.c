/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "backoff.h"

/* Beyond this the doubling has long met the cap; it keeps the shift in range. */
#define MAX_DOUBLINGS 8

gint64
oh_backoff_delay_us (guint attempt, double random)
{
  gint64 delay_us;

  if (attempt <= 1)
    return (gint64) (random * OH_BACKOFF_FIRST_MAX_US);
  delay_us = MIN (OH_BACKOFF_BASE_US << MIN (attempt - 2, MAX_DOUBLINGS), OH_BACKOFF_CAP_US);
  return (gint64) ((double) delay_us * (0.8 + 0.4 * random));
}
