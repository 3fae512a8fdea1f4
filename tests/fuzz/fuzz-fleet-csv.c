/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fleet-csv.h"

#include <string.h>

#include "mac-address.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Either phones whose every field is what it says, or faults; a name never leaves its folder. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) phones = oh_fleet_csv_parse (oh_slice ((const char *) data, size), faults);

  g_assert_true ((phones != NULL) == (faults->len == 0));
  g_assert_cmpuint (faults->len, <=, OH_FLEET_FAULTS_MAX);
  for (guint i = 0; phones != NULL && i < phones->len; i++)
    {
      const OhFleetPhone *phone = g_ptr_array_index (phones, i);

      g_assert_true (oh_fleet_name_is_valid (phone->name));
      g_assert_null (strchr (phone->name, '/'));
      g_assert_cmpuint (strlen (phone->mac), ==, OH_MAC_DIGITS);
      g_assert_true (phone->address == NULL || g_hostname_is_ip_address (phone->address));
      g_assert_true (phone->dns == NULL || oh_fleet_dns_is_valid (phone->dns));
    }
  return 0;
}
