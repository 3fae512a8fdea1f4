/* SPDX-License-Identifier: GPL-3.0-or-later */
static void
copy (char *to, const char *from)
{
  strcpy (to, from);
}
