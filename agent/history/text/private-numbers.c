/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "private-numbers.h"

#include <string.h>

#include "number.h"

struct _OhPrivateNumbers
{
  GPtrArray *whole;    /* (owned) (element-type utf8): canonical */
  GPtrArray *prefixes; /* (owned) (element-type utf8): canonical, never empty */
};

static OhPrivateNumbers *
numbers_new (void)
{
  OhPrivateNumbers *self = g_new0 (OhPrivateNumbers, 1);

  self->whole = g_ptr_array_new_with_free_func (g_free);
  self->prefixes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* A prefix in the international form need not be a number: "+4990*". */
static char *
international_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new ("+");

  if (text[0] != '+')
    return NULL;
  for (const char *p = text + 1; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr (" -/.()", *p) == NULL)
        return NULL;
    }
  if (digits->len < 2 || digits->len > OH_NUMBER_DIGITS_MAX)
    return NULL;
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static char *
canonical (const char *text, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) number = oh_number_parse (text, OH_NUMBER_FROM_USER, plan, NULL);

  return number != NULL ? g_strdup (number->canonical) : NULL;
}

static gboolean
add (OhPrivateNumbers *self, const char *text, const OhDialPlan *plan)
{
  gsize len = strlen (text);
  gboolean is_prefix = len > 1 && text[len - 1] == '*';
  g_autofree char *body = g_strndup (text, is_prefix ? len - 1 : len);
  char *number = NULL;

  if (len > OH_NUMBER_TEXT_MAX)
    return FALSE;
  if (is_prefix)
    number = international_digits (body);
  if (number == NULL)
    number = canonical (body, plan);
  if (number == NULL)
    return FALSE;
  g_ptr_array_add (is_prefix ? self->prefixes : self->whole, number);
  return TRUE;
}

OhPrivateNumbers *
oh_private_numbers_new (const char *const *texts, const OhDialPlan *plan, guint *out_unread)
{
  OhPrivateNumbers *self = numbers_new ();
  guint unread = 0;

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (i >= OH_PRIVATE_NUMBERS_MAX || !add (self, texts[i], plan))
      unread++;
  if (out_unread != NULL)
    *out_unread = unread;
  return self;
}

static void
copy_all (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

OhPrivateNumbers *
oh_private_numbers_copy (const OhPrivateNumbers *self)
{
  OhPrivateNumbers *copy = numbers_new ();

  copy_all (copy->whole, self->whole);
  copy_all (copy->prefixes, self->prefixes);
  return copy;
}

gboolean
oh_private_numbers_has (const OhPrivateNumbers *self, const char *number)
{
  if (number == NULL || number[0] == '\0')
    return FALSE;
  for (guint i = 0; i < self->whole->len; i++)
    if (oh_number_same (g_ptr_array_index (self->whole, i), number))
      return TRUE;
  for (guint i = 0; i < self->prefixes->len; i++)
    if (g_str_has_prefix (number, g_ptr_array_index (self->prefixes, i)))
      return TRUE;
  return FALSE;
}

gboolean
oh_private_numbers_is_empty (const OhPrivateNumbers *self)
{
  return self->whole->len == 0 && self->prefixes->len == 0;
}

void
oh_private_numbers_free (OhPrivateNumbers *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->whole);
  g_ptr_array_unref (self->prefixes);
  g_free (self);
}
