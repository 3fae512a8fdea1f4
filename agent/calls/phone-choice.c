/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-choice.h"

#include <glib/gi18n-lib.h>

static OhPhone *
find (const GPtrArray *phones, const char *id)
{
  for (guint i = 0; i < phones->len; i++)
    if (g_strcmp0 (oh_phone_get_id (g_ptr_array_index (phones, i)), id) == 0)
      return g_ptr_array_index (phones, i);
  return NULL;
}

static gboolean
is_in_reach (OhPhone *phone)
{
  return oh_phone_get_state (phone) == OH_PHONE_STATE_READY;
}

/* @out_n: how many are; of several the first is returned */
static OhPhone *
find_in_reach (const GPtrArray *phones, guint *out_n)
{
  OhPhone *first = NULL;

  *out_n = 0;
  for (guint i = 0; i < phones->len; i++)
    {
      OhPhone *phone = g_ptr_array_index (phones, i);

      if (!is_in_reach (phone))
        continue;
      first = first != NULL ? first : phone;
      (*out_n)++;
    }
  return first;
}

static OhPhone *
have_chosen (const GPtrArray *phones, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < phones->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            oh_phone_get_id (g_ptr_array_index (phones, i)));
  g_set_error (error, OH_ERROR, OH_ERROR_CHOOSE_PHONE, _ ("Which phone shall dial: %s?"), ids->str);
  return NULL;
}

OhPhone *
oh_phone_choice (const GPtrArray *phones, OhPhoneRule rule, const char *preferred,
                 const char *named, GError **error)
{
  OhPhone *phone = named != NULL ? find (phones, named) : find (phones, preferred);
  OhPhone *reached;
  guint n = 0;

  if (named != NULL && phone == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%s”."), named);
  else if (phones->len == 0)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("No phone is set up."));
  if (named != NULL || phones->len == 0)
    return phone;
  if (phone == NULL)
    phone = g_ptr_array_index (phones, 0);
  if (phones->len == 1 || rule == OH_PHONE_RULE_DEFAULT)
    return phone;
  if (rule == OH_PHONE_RULE_ASK)
    return have_chosen (phones, error);
  reached = find_in_reach (phones, &n);
  if (is_in_reach (phone) || n == 0)
    return phone;
  return n == 1 ? reached : have_chosen (phones, error);
}
