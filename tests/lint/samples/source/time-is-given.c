/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: agent/sip/sample.c */
static gint64
now (void)
{
  return g_get_monotonic_time ();
}
