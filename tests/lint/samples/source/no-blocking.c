/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: agent/sip/sample.c */
static void
wait_for_it (void)
{
  g_file_load_contents_sync (NULL);
}
