/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-form.h"

#include "secret-text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_local (const char *target)
{
  if (target == NULL)
    return;
  g_assert_true (*target == '/' && target[1] != '/');
  for (const char *p = target; *p != '\0'; p++)
    g_assert_true (*p > ' ' && *p <= '~');
}

/* Whatever a page says: what is posted goes to the phone, and is what a form may hold. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const names[] = { "http_user", "http_pass", NULL };
  static const char *const values[] = { "admin", "a&b=c d", NULL };
  OhSlice page = oh_slice ((const char *) data, size);
  g_autoptr (OhSnomForm) form = oh_snom_form_parse (page, "/page.htm", "http_pass");
  g_autofree char *xml = oh_snom_page_find_export (page, "xml");
  g_autofree char *text = oh_snom_page_find_export (page, "text");

  assert_local (xml);
  assert_local (text);
  if (form != NULL)
    {
      char *body = oh_snom_form_body (form, names, values);

      assert_local (form->target);
      g_assert_cmpuint (form->n_hidden, <=, form->names->len);
      for (const char *p = body; *p != '\0'; p++)
        g_assert_true (g_ascii_isalnum (*p) || strchr ("-._~%=&", *p) != NULL);
      oh_secret_free (body);
    }
  return 0;
}
