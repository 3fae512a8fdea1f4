/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-legacy.h"

#include <string.h>

static const struct
{
  const char *word, *type;
} forms[] = {
  [FE_FORM_CATEGORIES] = { "categories", "application/msrtc-event-categories+xml" },
  [FE_FORM_PRESENTITY] = { "presentity", "text/xml+msrtc.pidf" },
  [FE_FORM_PIDF] = { "pidf", "application/pidf+xml" },
  [FE_FORM_XPIDF] = { "xpidf", "application/xpidf+xml" },
};

/* The numbers of OCS in the words of the others; each row up to where the next begins. */
/* clang-format off */
static const struct
{
  guint from;
  const char *availability, *activity, *substatus, *rpid;
} words[] = {
  { 18000, "0",   "0",   "offline",     NULL   },
  { 15000, "300", "100", "away",        "away" },
  { 12000, "300", "300", "berightback", "away" },
  {  6000, "300", "600", "busy",        "busy" },
  {  4500, "300", "200", "idle",        NULL   },
  {  3000, "300", "400", "online",      NULL   },
  {     0, "0",   "0",   "offline",     NULL   },
};
/* clang-format on */

gboolean
fe_form_from_word (const char *word, FeForm *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (word, forms[i].word) == 0)
      {
        *out = (FeForm) i;
        return TRUE;
      }
  return FALSE;
}

const char *
fe_form_type (FeForm form)
{
  return forms[form].type;
}

static void
append_phones (GString *xml, const FePerson *person)
{
  for (guint i = 0; i < person->phones->len; i++)
    {
      const FePhone *phone = person->phones->pdata[i];
      g_autofree char *element = g_markup_printf_escaped (
        "<phoneNumber label=\"%s\" number=\"%s\"/>", phone->type, phone->display);

      g_string_append (xml, element);
    }
}

static char *
presentity (const FePerson *person, const char *uri, gsize row, gboolean on_phone, const char *note)
{
  g_autofree char *head = g_markup_printf_escaped (
    "<presentity xmlns=\"http://schemas.microsoft.com/2002/09/sip/presence\" uri=\"%s\">"
    "<availability aggregate=\"%s\" description=\"\"/>"
    "<activity aggregate=\"%s\" description=\"\"/>"
    "<displayName displayName=\"%s\"/><email email=\"%s\"/>",
    uri, words[row].availability, on_phone ? "500" : words[row].activity, person->name,
    person->aor);
  GString *xml = g_string_new (head);

  append_phones (xml, person);
  if (note != NULL && *note != '\0')
    {
      g_string_append_printf (xml, "<userInfo><note>%s</note></userInfo>", note);
    }
  g_string_append (xml, "</presentity>");
  return g_string_free (xml, FALSE);
}

static char *
pidf (const char *uri, gsize row, gboolean on_phone, const char *note)
{
  const char *rpid = on_phone ? "on-the-phone" : words[row].rpid;
  const char *colon = strchr (uri, ':');
  g_autofree char *tuple = g_markup_printf_escaped (
    "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"pres:%s\"><tuple id=\"t\">"
    "<status><basic>%s</basic></status>",
    colon != NULL ? colon + 1 : uri,
    strcmp (words[row].availability, "0") == 0 ? "closed" : "open");
  GString *xml = g_string_new (tuple);

  g_string_append_printf (xml, "<note>%s</note></tuple>", note != NULL ? note : "");
  if (rpid != NULL)
    g_string_append_printf (xml,
                            "<person xmlns=\"urn:ietf:params:xml:ns:pidf:data-model\"><activities>"
                            "<%s/></activities></person>",
                            rpid);
  g_string_append (xml, "</presence>");
  return g_string_free (xml, FALSE);
}

static char *
xpidf (const char *uri, gsize row, gboolean on_phone)
{
  return g_markup_printf_escaped (
    "<?xml version=\"1.0\"?>\n"
    "<!DOCTYPE presence PUBLIC \"-//IETF//DTD RFCxxxx XPIDF 1.0//EN\" \"xpidf.dtd\">\n"
    "<presence><presentity uri=\"%s;method=SUBSCRIBE\"/><atom id=\"1\">"
    "<address uri=\"%s;user=ip\" priority=\"0.8\"><status status=\"%s\"/>"
    "<msnsubstatus substatus=\"%s\"/></address></atom></presence>",
    uri, uri, strcmp (words[row].availability, "0") == 0 ? "closed" : "open",
    on_phone ? "onthephone" : words[row].substatus);
}

char *
fe_legacy_write (FeForm form, const FePerson *person, const char *uri, const FeState *state,
                 const char *note)
{
  gboolean on_phone = strcmp (state->activity, "on-the-phone") == 0;
  gsize row = 0;

  while (state->availability < words[row].from)
    row++;
  switch (form)
    {
    case FE_FORM_PIDF: return pidf (uri, row, on_phone, note);
    case FE_FORM_XPIDF: return xpidf (uri, row, on_phone);
    case FE_FORM_PRESENTITY:
    case FE_FORM_CATEGORIES:
    default: return presentity (person, uri, row, on_phone, note);
    }
}
