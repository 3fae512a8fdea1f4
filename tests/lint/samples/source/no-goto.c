/* SPDX-License-Identifier: GPL-3.0-or-later */
static void
jump (void)
{
  goto out;
out:
  return;
}
