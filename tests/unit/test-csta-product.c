/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-product.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *header, *model, *firmware, *mac;
  } cases[] = {
    { "snomD785/10.1.198.12 0004130DD7C9", "snomD785", "10.1.198.12", "0004130DD7C9" },
    { "snomD345/10.1.159.12", "snomD345", "10.1.159.12", NULL },
    { "snomD865/10.1.1 SXM:0 000413aabbcc)", "snomD865", "10.1.1", NULL },
    { "snomD865/10.1.1 SXM:0 000413aabbcc", "snomD865", "10.1.1", "000413AABBCC" },
    { "  snom370  ", "snom370", NULL, NULL },
    { "a/", "a", NULL, NULL },
    { "/1", NULL, "1", NULL },
    { "a/b 00041300000", "a", "b", NULL },
    { "a/b 0004130000000", "a", "b", NULL },
    { "sn\xc3\xb6m/1", NULL, "1", NULL },
    { "", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (OhCstaProduct) product = { NULL, NULL, NULL };

      g_test_message ("%s", cases[i].header);
      oh_csta_product_parse (oh_slice_str (cases[i].header), &product);
      g_assert_cmpstr (product.model, ==, cases[i].model);
      g_assert_cmpstr (product.firmware, ==, cases[i].firmware);
      g_assert_cmpstr (product.mac, ==, cases[i].mac);
    }
}

/* At the limit, and one beyond. */
static void
test_length (void)
{
  for (guint len = OH_CSTA_PRODUCT_MAX; len <= OH_CSTA_PRODUCT_MAX + 1; len++)
    {
      g_autofree char *word = g_strnfill (len, 'x');
      g_auto (OhCstaProduct) product = { NULL, NULL, NULL };

      oh_csta_product_parse (oh_slice_str (word), &product);
      g_assert_true ((product.model == NULL) == (len > OH_CSTA_PRODUCT_MAX));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csta-product/parse", test_parse);
  g_test_add_func ("/csta-product/length", test_length);
  return g_test_run ();
}
