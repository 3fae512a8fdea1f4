/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-form.h"

#include "secret-text.h"

#include <string.h>

#define SECURITY                                                                                   \
  "<HTML><FORM method=GET action=\"index.htm\"><INPUT name=NUMBER></FORM>\n"                       \
  "<FORM method=POST action=\"advanced_qos_security.htm\">\n"                                      \
  "<INPUT type=hidden name=\"t0a1b\" value=\"88&amp;99\">\n"                                       \
  "<INPUT type=text name=\"http_user\" value=\"admin\">\n"                                         \
  "<INPUT TYPE='password' NAME='http_pass' VALUE=''>\n"                                            \
  "<INPUT type=submit name=\"Settings\" value=\"Apply\"><INPUT type=submit name=\"No\"></FORM>"

static char *
body_of (const OhSnomForm *form)
{
  static const char *const names[] = { "http_user", "http_pass", NULL };
  static const char *const values[] = { "me", "a b&c=\303\244", NULL };
  char *body = oh_snom_form_body (form, names, values);
  char *copy = g_strdup (body);

  oh_secret_free (body);
  return copy;
}

/* Nothing but what is to be changed, what protects the form, and its button: the other inputs would
   empty passwords that the page does not show. */
static void
test_body (void)
{
  g_autoptr (OhSnomForm) form = oh_snom_form_parse (oh_slice_str (SECURITY), "/x.htm", "http_pass");
  g_autofree char *body = NULL;

  g_assert_nonnull (form);
  g_assert_cmpstr (form->target, ==, "/advanced_qos_security.htm");
  g_assert_cmpuint (form->n_hidden, ==, 1);
  body = body_of (form);
  g_assert_cmpstr (body, ==,
                   "t0a1b=88%2699&http_user=me&http_pass=a%20b%26c%3D%C3%A4&Settings=Apply&"
                   "store_settings=save");
}

static void
test_forms (void)
{
  static const struct
  {
    const char *page, *target;
  } cases[] = {
    { SECURITY, "/advanced_qos_security.htm" },
    { "<form method=post action='/a.htm?l=1'><input name=http_pass></form>", "/a.htm?l=1" },
    { "<form method=post><input name=http_pass></form>", "/page.htm?l=1" },
    { "<form method=post action=''><input name=http_pass>", "/page.htm?l=1" },
    { "<form\nmethod=POST\r\naction=a.htm\n><input\nname=http_pass\n>", "/a.htm" },
    { "<form method=get action=a.htm><input name=http_pass></form>", NULL },
    { "<form action=a.htm><input name=http_pass></form>", NULL }, /* GET is what that means */
    { "<form method=post action=a.htm></form><input name=http_pass>", "/a.htm" },
    { "<form method=post action=a.htm><input name=http_user></form>", NULL },
    { "<form method=post action='http://192.0.2.1/a.htm'><input name=http_pass></form>", NULL },
    { "<form method=post action='//192.0.2.1/a.htm'><input name=http_pass></form>", NULL },
    { "<form method=post action='javascript:x'><input name=http_pass></form>", NULL },
    { "<form method=post action='a.htm HTTP/1.1'><input name=http_pass></form>", NULL },
    { "<form method=post action='/\\192.0.2.1'><input name=http_pass></form>", NULL },
    { "<form method=post action='?l=1'><input name=http_pass></form>", NULL },
    { "<form method=post action=a.htm", NULL },
    { "<form", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSnomForm) form =
        oh_snom_form_parse (oh_slice_str (cases[i].page), "/page.htm?l=1", "http_pass");

      g_test_message ("%s", cases[i].page);
      g_assert_cmpstr (form != NULL ? form->target : NULL, ==, cases[i].target);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) page = g_string_new ("<form method=post action=/");
  g_autoptr (OhSnomForm) form = NULL;
  g_autoptr (OhSnomForm) longer = NULL;
  g_autofree char *filler = g_strnfill (OH_SNOM_TARGET_MAX - 1, 'a');

  g_string_append_printf (page, "%s>", filler);
  for (guint i = 0; i < OH_SNOM_HIDDEN_MAX + 1; i++)
    g_string_append_printf (page, "<input type=hidden name=h%u value=%u>", i, i);
  g_string_append (page, "<input name=http_pass></form>");
  form = oh_snom_form_parse (oh_slice (page->str, page->len), "/", "http_pass");
  g_assert_nonnull (form);
  g_assert_cmpuint (form->n_hidden, ==, OH_SNOM_HIDDEN_MAX);
  g_string_insert_c (page, (gssize) strlen ("<form method=post action=/"), 'a');
  longer = oh_snom_form_parse (oh_slice (page->str, page->len), "/", "http_pass");
  g_assert_null (longer);
}

static void
test_exports (void)
{
  static const struct
  {
    const char *page, *kind, *target;
  } cases[] = {
    { "<A HREF=\"settings.xml\">Save as file</A>", "xml", "/settings.xml" },
    { "<a href='/export?f=1'>Settings as XML</a>", "xml", "/export?f=1" },
    { "<A HREF=\"settings.cfg\">Save as text</A>", "text", "/settings.cfg" },
    { "<A HREF=\"a.htm\">Menu</A> plain text <A HREF=\"b.htm\">text</A>", "text", "/b.htm" },
    { "<A HREF=\"http://192.0.2.1/x.xml\">XML</A>", "xml", NULL },
    { "<A NAME=xml>XML</A>", "xml", NULL },
    { "<A HREF=", "xml", NULL },
  };
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *within = NULL;
  g_autofree char *beyond = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target =
        oh_snom_page_find_export (oh_slice_str (cases[i].page), cases[i].kind);

      g_test_message ("%s", cases[i].page);
      g_assert_cmpstr (target, ==, cases[i].target);
    }
  for (guint i = 0; i < OH_SNOM_LINKS_MAX - 1; i++)
    g_string_append (page, "<a href=x.htm>x</a>");
  g_string_append (page, "<a href=e.htm>xml</a>");
  within = oh_snom_page_find_export (oh_slice (page->str, page->len), "xml");
  g_assert_cmpstr (within, ==, "/e.htm");
  g_string_prepend (page, "<a href=x.htm>x</a>");
  beyond = oh_snom_page_find_export (oh_slice (page->str, page->len), "xml");
  g_assert_null (beyond);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-form/body", test_body);
  g_test_add_func ("/snom-form/forms", test_forms);
  g_test_add_func ("/snom-form/limits", test_limits);
  g_test_add_func ("/snom-form/exports", test_exports);
  return g_test_run ();
}
