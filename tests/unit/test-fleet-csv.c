/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fleet-csv.h"

#include <string.h>

static GPtrArray *
parse (const char *text, GPtrArray **faults)
{
  *faults = g_ptr_array_new_with_free_func (g_free);
  return oh_fleet_csv_parse (oh_slice_str (text), *faults);
}

static void
test_good (void)
{
  static const char *const texts[] = {
    "name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,desk.example.com\n",
    "\xef\xbb\xbfName;MAC;Address;DNS\r\ndesk;00:04:13:aa:bb:cc;192.0.2.10;desk.example.com\r\n",
    "#\n\ndns,x,mac,name,address\n\"desk.example.com\", 2 ,\"0004.13AA.BBCC\", desk ,192.0.2.10",
    "name,mac,address,dns,note\ndesk,000413aabbcc,192.0.2.10,desk.example.com,\"a \"\"b\"\", c\"\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (GPtrArray) phones = parse (texts[i], &faults);
      const OhFleetPhone *phone;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_nonnull (phones);
      g_assert_cmpuint (phones->len, ==, 1);
      phone = g_ptr_array_index (phones, 0);
      g_assert_cmpstr (phone->name, ==, "desk");
      g_assert_cmpstr (phone->mac, ==, "000413aabbcc");
      g_assert_cmpstr (phone->address, ==, "192.0.2.10");
      g_assert_cmpstr (phone->dns, ==, "desk.example.com");
    }
}

static void
test_few_columns (void)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GPtrArray) phones = parse ("mac,name\n000413aabbcc,desk\n000413aabbcd,hall", &faults);
  const OhFleetPhone *phone;

  g_assert_nonnull (phones);
  g_assert_cmpuint (phones->len, ==, 2);
  phone = g_ptr_array_index (phones, 1);
  g_assert_cmpstr (phone->name, ==, "hall");
  g_assert_cmpuint (phone->line, ==, 3);
  g_assert_null (phone->address);
  g_assert_null (phone->dns);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *text, *told; /* beginning of the first fault */
    guint n;
  } cases[] = {
    { "", "line 0: ", 1 },
    { "# nothing\n", "line 1: ", 1 },
    { "name,address\ndesk,192.0.2.1\n", "line 1: ", 1 },
    { "name,mac,mac\n", "line 1: ", 1 },
    { "name,mac\n", "line 1: ", 1 },
    { "name,mac\ndesk,000413AABBC\n", "line 2: ", 1 },
    { "name,mac\ndesk\n", "line 2: ", 1 },
    { "name,mac\n../etc,000413AABBCC\n", "line 2: ", 1 },
    { "name,mac\n.x,000413AABBCC\n", "line 2: ", 1 },
    { "name,mac\n\"desk,000413AABBCC\nhall,000413AABBCD\n", "line 2: ", 1 },
    { "name,mac\n\"desk\"x,000413AABBCC\n", "line 2: ", 1 },
    { "name,mac,address\ndesk,000413AABBCC,192.0.2.300\n", "line 2: ", 1 },
    { "name,mac,dns\ndesk,000413AABBCC,*.example.com\n", "line 2: ", 1 },
    { "name,mac,dns\ndesk,000413AABBCC,-a.example.com\n", "line 2: ", 1 },
    { "name,mac,dns\ndesk,000413AABBCC,192.0.2.1\n", "line 2: ", 1 },
    { "name,mac\ndesk,000413AABBCC\n\nDESK,000413AABBCD\n", "line 4: “DESK” stands in line 2", 1 },
    { "name,mac\ndesk,000413AABBCC\nhall,00:04:13:aa:bb:cc\n",
      "line 3: “000413aabbcc” stands in line 2", 1 },
    { "name,mac,address,dns\na b,x,y,z_z\nc d,1,2,3,4\n", "line 2: ", 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (GPtrArray) phones = parse (cases[i].text, &faults);

      g_test_message ("%s", cases[i].text);
      g_assert_null (phones);
      g_assert_cmpuint (faults->len, ==, cases[i].n);
      g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), cases[i].told));
    }
}

/* (transfer full): a list of @n phones */
static char *
list_of (guint n)
{
  g_autoptr (GString) text = g_string_new ("name,mac\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "p%u,000413%06x\n", i, i);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_limits (void)
{
  g_autofree char *most = list_of (OH_FLEET_PHONES_MAX);
  g_autofree char *more = list_of (OH_FLEET_PHONES_MAX + 1);
  g_autofree char *name = g_strnfill (OH_FLEET_NAME_MAX, 'a');
  g_autofree char *long_name = g_strnfill (OH_FLEET_NAME_MAX + 1, 'a');
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *dns = g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label); /* 253 */
  g_autofree char *long_dns = g_strdup_printf ("%s.%s.%s.%.62s", label, label, label, label);
  g_autofree char *field = g_strnfill (OH_FLEET_FIELD_MAX, 'x');
  g_autofree char *fits = g_strdup_printf ("name,mac,n\na,000413aabbcc,%s\n", field);
  g_autofree char *over = g_strdup_printf ("name,mac,n\na,000413aabbcc,%sx\n", field);
  g_autofree char *wrong = g_strnfill (4 * (OH_FLEET_FAULTS_MAX + 1), '\n');
  g_autofree char *all_wrong = NULL;
  const struct
  {
    const char *text;
    gboolean good;
  } cases[] = { { most, TRUE }, { more, FALSE }, { fits, TRUE }, { over, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (GPtrArray) phones = parse (cases[i].text, &faults);

      g_assert_cmpint (phones != NULL, ==, cases[i].good);
    }
  g_assert_true (oh_fleet_name_is_valid (name));
  g_assert_false (oh_fleet_name_is_valid (long_name));
  g_assert_true (oh_fleet_dns_is_valid (dns));
  g_assert_false (oh_fleet_dns_is_valid (long_dns));
  for (guint i = 0; i <= OH_FLEET_FAULTS_MAX; i++)
    memcpy (wrong + 4 * i, "!,!\n", 4);
  all_wrong = g_strconcat ("name,mac\n", wrong, NULL);
  {
    g_autoptr (GPtrArray) faults = NULL;
    g_autoptr (GPtrArray) phones = parse (all_wrong, &faults);

    g_assert_null (phones);
    g_assert_cmpuint (faults->len, ==, OH_FLEET_FAULTS_MAX);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet-csv/good", test_good);
  g_test_add_func ("/fleet-csv/few-columns", test_few_columns);
  g_test_add_func ("/fleet-csv/faults", test_faults);
  g_test_add_func ("/fleet-csv/limits", test_limits);
  return g_test_run ();
}
