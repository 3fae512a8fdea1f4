/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "party-book.h"

#include <string.h>

struct _OhPartyBook
{
  OhDialPlan *plan; /* (owned) */
  OhNameLookup lookup;
  gpointer lookup_data;
  GDestroyNotify lookup_destroy;
};

OhPartyBook *
oh_party_book_new (void)
{
  OhPartyBook *self = g_new0 (OhPartyBook, 1);

  self->plan = oh_dial_plan_new (NULL, NULL, NULL, NULL, NULL, 0);
  return self;
}

void
oh_party_book_free (OhPartyBook *self)
{
  if (self == NULL)
    return;
  oh_party_book_set_lookup (self, NULL, NULL, NULL);
  oh_dial_plan_free (self->plan);
  g_free (self);
}

void
oh_party_book_set_plan (OhPartyBook *self, const OhDialPlan *plan)
{
  OhDialPlan *copy = oh_dial_plan_copy (plan);

  oh_dial_plan_free (self->plan);
  self->plan = copy;
}

void
oh_party_book_set_lookup (OhPartyBook *self, OhNameLookup lookup, gpointer user_data,
                          GDestroyNotify destroy)
{
  GDestroyNotify old = self->lookup_destroy;
  gpointer old_data = self->lookup_data;

  self->lookup = lookup;
  self->lookup_data = user_data;
  self->lookup_destroy = destroy;
  if (old != NULL)
    old (old_data);
}

static char *
look_up (OhPartyBook *self, const char *number)
{
  return self->lookup != NULL && number != NULL ? self->lookup (number, self->lookup_data) : NULL;
}

void
oh_party_book_dialled (OhPartyBook *self, OhCall *call, const OhNumber *number)
{
  g_autofree char *name = look_up (self, number->canonical);

  oh_call_set_party (call, number->canonical, name);
}

/* Who does not want to be known is called so: RFC 3323 4.1.1.3, and what exchanges make of it. */
static gboolean
is_withheld (const char *user)
{
  static const char *const words[] = { "anonymous", "restricted", "unavailable", "unknown",
                                       "withheld" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (user, words[i]) == 0)
      return TRUE;
  return user[0] == '\0';
}

void
oh_party_book_learn (OhPartyBook *self, OhCall *call, const OhPhoneEvent *event)
{
  g_autofree char *user = NULL;
  g_autoptr (OhNumber) number = NULL;
  g_autofree char *name = NULL;

  oh_call_learn (call, event);
  if (event->remote != NULL && oh_call_get_number (call) == NULL)
    {
      user = g_strndup (event->remote, strcspn (event->remote, "@"));
      if (is_withheld (user))
        return; /* the name that goes with it is "Anonymous" */
      number = oh_number_parse (user, OH_NUMBER_FROM_CALL, self->plan, NULL);
      oh_call_set_party (call, number != NULL ? number->canonical : user, NULL);
    }
  if (oh_call_get_name (call) != NULL)
    return;
  name = look_up (self, oh_call_get_number (call));
  if (name == NULL && event->display != NULL && g_strcmp0 (event->display, user) != 0)
    name = g_strdup (event->display);
  oh_call_set_party (call, NULL, name);
}
