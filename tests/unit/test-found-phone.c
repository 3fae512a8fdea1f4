/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "found-phone.h"

#define MAC "000413AABBCC"
#define OTHER "000413AABBCD"

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_found_phone_free);
}

/* The address of the neighbour, the model of the boot, one phone. */
static void
test_fills_up (void)
{
  g_autoptr (GPtrArray) list = new_list ();
  OhFoundPhone *boot = oh_found_phone_new (OH_FOUND_BY_BOOT, "192.0.2.10", MAC);
  const OhFoundPhone *found;

  boot->model = g_strdup ("snomD785");
  g_assert_nonnull (oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_DIRECTORY, NULL, MAC)));
  g_assert_nonnull (
    oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_NEIGHBOUR, "192.0.2.10", MAC)));
  found = oh_found_merge (list, boot);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (found->address, ==, "192.0.2.10");
  g_assert_cmpstr (found->model, ==, "snomD785");
  g_assert_cmpuint (found->how, ==,
                    OH_FOUND_BY_DIRECTORY | OH_FOUND_BY_NEIGHBOUR | OH_FOUND_BY_BOOT);
  g_assert_null (/* nothing new */
                 oh_found_merge (list,
                                 oh_found_phone_new (OH_FOUND_BY_NEIGHBOUR, "192.0.2.10", MAC)));
}

static void
test_same (void)
{
  g_autoptr (GPtrArray) list = new_list ();

  oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_NEIGHBOUR, "192.0.2.10", MAC));
  oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_PROBE, "192.0.2.10", NULL));
  g_assert_cmpuint (list->len, ==, 1);
  oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_NEIGHBOUR, "192.0.2.10", OTHER));
  g_assert_cmpuint (list->len, ==, 2); /* another device, whatever its address was */
}

/* A name server's word is older than the device itself. */
static void
test_address (void)
{
  g_autoptr (GPtrArray) list = new_list ();
  const OhFoundPhone *found;

  oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_NAME, "192.0.2.9", MAC));
  found = oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_BOOT, "192.0.2.10", MAC));
  g_assert_cmpstr (found->address, ==, "192.0.2.10");
  found = oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_DIRECTORY, "192.0.2.9", MAC));
  g_assert_cmpstr (found->address, ==, "192.0.2.10");
}

static void
test_no_phone (void)
{
  g_autoptr (GPtrArray) list = new_list ();
  OhFoundPhone *router = oh_found_phone_new (OH_FOUND_BY_PROBE, "192.0.2.1", NULL);

  router->kind = OH_FOUND_NONE;
  g_assert_null (oh_found_merge (list, router));
  g_assert_cmpuint (list->len, ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (GPtrArray) list = new_list ();

  for (guint i = 0; i <= OH_FOUND_MAX; i++)
    {
      g_autofree char *mac = g_strdup_printf ("000413%06X", i);

      g_assert_true ((oh_found_merge (list, oh_found_phone_new (OH_FOUND_BY_BOOT, NULL, mac)) !=
                      NULL) == (i < OH_FOUND_MAX));
    }
  g_assert_cmpuint (list->len, ==, OH_FOUND_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/found-phone/fills-up", test_fills_up);
  g_test_add_func ("/found-phone/same", test_same);
  g_test_add_func ("/found-phone/address", test_address);
  g_test_add_func ("/found-phone/no-phone", test_no_phone);
  g_test_add_func ("/found-phone/limit", test_limit);
  return g_test_run ();
}
