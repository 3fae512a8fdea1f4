/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provisioning.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Any octets are a document or are refused; what is read can be written and read back. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  g_autoptr (OhProvisioning) said = oh_provisioning_new ();
  g_autoptr (OhProvisioning) kept = oh_provisioning_new ();
  g_autoptr (OhNumberRules) rules = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  oh_provisioning_read_line (said, body, NULL);
  oh_provisioning_read (said, body, NULL);
  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    g_assert_cmpuint (strlen (said->texts[i]), <, OH_PROVISION_TEXT_MAX);
  rules = oh_provisioning_rules (said);
  g_assert_cmpuint (oh_number_rules_count (rules), <=, OH_NUMBER_RULES_MAX);
  text = oh_provisioning_write (said);
  g_assert_true (oh_provisioning_read (kept, oh_slice_str (text), NULL));
  again = oh_provisioning_write (kept);
  g_assert_cmpstr (text, ==, again);
  return 0;
}
