/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-form.h"
#include "secret-text.h"
#include "snom-html.h"

#include <string.h>

/* Three octets for one that is encoded, "=" and "&". */
#define ENCODED_MAX 3

void
oh_snom_form_free (OhSnomForm *self)
{
  if (self == NULL)
    return;
  g_free (self->target);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* A path at the phone, from a path, or a name beside the page; NULL for any other address. */
static char *
local_target (const char *address)
{
  const char *p;

  if (*address == '\0' || strlen (address) > OH_SNOM_TARGET_MAX || g_str_has_prefix (address, "//"))
    return NULL;
  for (p = address; *p != '\0'; p++)
    if (*p <= ' ' || *p > '~' || *p == '#' || *p == '\\')
      return NULL;
  if (*address == '?' || strcspn (address, ":") < strcspn (address, "/?"))
    return NULL; /* "javascript:", "http:" */
  return *address == '/' ? g_strdup (address) : g_strconcat ("/", address, NULL);
}

static void
add_field (OhSnomForm *form, OhSlice attributes)
{
  g_autofree char *name = oh_snom_html_attribute (attributes, "name");
  g_autofree char *value = oh_snom_html_attribute (attributes, "value");

  if (name == NULL || *name == '\0')
    return;
  g_ptr_array_add (form->names, g_steal_pointer (&name));
  g_ptr_array_add (form->values, value != NULL ? g_steal_pointer (&value) : g_strdup (""));
}

static OhSnomForm *
new_form (OhSlice attributes, const char *path)
{
  g_autofree char *action = oh_snom_html_attribute (attributes, "action");
  g_autofree char *method = oh_snom_html_attribute (attributes, "method");
  OhSnomForm *form = g_new0 (OhSnomForm, 1);

  form->names = g_ptr_array_new_with_free_func (g_free);
  form->values = g_ptr_array_new_with_free_func (g_free);
  if (method != NULL && g_ascii_strcasecmp (method, "post") == 0)
    form->target = local_target (action != NULL && *action != '\0' ? action : path);
  return form;
}

/* One input; TRUE when it is the one that tells the form. */
static gboolean
take_input (OhSnomForm *form, OhSlice attributes, const char *wanted, OhSlice *button)
{
  g_autofree char *name = oh_snom_html_attribute (attributes, "name");
  g_autofree char *type = oh_snom_html_attribute (attributes, "type");

  if (type != NULL && g_ascii_strcasecmp (type, "hidden") == 0)
    {
      if (form->n_hidden < OH_SNOM_HIDDEN_MAX)
        {
          add_field (form, attributes);
          form->n_hidden = form->names->len;
        }
    }
  else if (type != NULL && g_ascii_strcasecmp (type, "submit") == 0 && button->data == NULL)
    *button = attributes;
  return g_strcmp0 (name, wanted) == 0;
}

OhSnomForm *
oh_snom_form_parse (OhSlice page, const char *path, const char *input)
{
  g_autoptr (OhSnomForm) form = NULL;
  OhSlice tag, attributes, button = { 0 };
  gboolean found = FALSE;

  while (oh_snom_html_next_tag (&page, &tag, &attributes))
    {
      gboolean is_form = oh_slice_equal_case (tag, "form");

      if (found && (is_form || oh_slice_equal_case (tag, "/form")))
        break;
      if (is_form)
        {
          g_clear_pointer (&form, oh_snom_form_free);
          form = new_form (attributes, path);
          button = oh_slice (NULL, 0);
        }
      else if (form != NULL && oh_slice_equal_case (tag, "input"))
        found = take_input (form, attributes, input, &button) || found;
    }
  if (!found || form->target == NULL)
    return NULL;
  if (button.data != NULL)
    add_field (form, button);
  return g_steal_pointer (&form);
}

/* Appends "name=value&" to @out, which has room for it. */
static char *
append_pair (char *out, const char *name, const char *value)
{
  const char *parts[] = { name, value };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      for (const char *p = parts[i]; *p != '\0'; p++)
        if (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL)
          *out++ = *p;
        else
          {
            static const char digits[] = "0123456789ABCDEF";

            *out++ = '%';
            *out++ = digits[(guint8) *p >> 4];
            *out++ = digits[(guint8) *p & 15];
          }
      *out++ = i == 0 ? '=' : '&';
    }
  return out;
}

static gsize
room_for (const char *name, const char *value)
{
  return ENCODED_MAX * (strlen (name) + strlen (value)) + 2;
}

char *
oh_snom_form_body (const OhSnomForm *form, const char *const *names, const char *const *values)
{
  static const char *const store[] = { "store_settings", "save" };
  gsize room = room_for (store[0], store[1]);
  char *body, *end;

  for (gsize i = 0; names[i] != NULL; i++)
    room += room_for (names[i], values[i]);
  for (guint i = 0; i < form->names->len; i++)
    room += room_for (form->names->pdata[i], form->values->pdata[i]);
  body = oh_secret_alloc (room);
  end = body;
  for (guint i = 0; i < form->n_hidden; i++)
    end = append_pair (end, form->names->pdata[i], form->values->pdata[i]);
  for (gsize i = 0; names[i] != NULL; i++)
    end = append_pair (end, names[i], values[i]);
  for (guint i = form->n_hidden; i < form->names->len; i++)
    end = append_pair (end, form->names->pdata[i], form->values->pdata[i]);
  end = append_pair (end, store[0], store[1]);
  end[-1] = '\0'; /* the last "&" */
  return body;
}

char *
oh_snom_page_find_export (OhSlice page, const char *kind)
{
  OhSlice tag, attributes;
  guint n = 0;

  while (n < OH_SNOM_LINKS_MAX && oh_snom_html_next_tag (&page, &tag, &attributes))
    {
      OhSlice ahead = page;
      OhSlice label = oh_slice_eat_until (&ahead, "<");
      g_autofree char *address = NULL;

      if (!oh_slice_equal_case (tag, "a"))
        continue;
      n++;
      address = oh_snom_html_attribute (attributes, "href");
      if (address != NULL && (oh_snom_html_find (label, kind) >= 0 ||
                              oh_snom_html_find (oh_slice_str (address), kind) >= 0))
        return local_target (address);
    }
  return NULL;
}
