/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "association-table.h"

struct _OhAssociationTable
{
  OhClock *clock; /* (owned) */
  OhSchemePolicy policy;
  OhCredentialsFunc credentials_func;
  gpointer credentials_data; /* borrowed */
  OhMechanismMaker maker;    /* (nullable): NULL for the negotiator's own */
  OhPasswordMemory *memory;  /* (owned): one for all, so that a wrong password is shown once */
  guint idle_s;

  char *host; /* (owned) (nullable): of the peer */
  gboolean is_tls;
  GStrv trusted; /* (owned) (nullable) */

  GPtrArray *slots;       /* (owned) (element-type OhAssociationSlot) */
  guint64 ignored_before; /* names that slots passed over which are gone */
};

OhAssociationTable *
oh_association_table_new (OhClock *clock, const OhSchemePolicy *policy,
                          OhCredentialsFunc credentials_func, gpointer user_data)
{
  OhAssociationTable *self = g_new0 (OhAssociationTable, 1);

  self->clock = g_object_ref (clock);
  self->policy = *policy;
  self->credentials_func = credentials_func;
  self->credentials_data = user_data;
  self->idle_s = OH_ASSOCIATION_IDLE_S;
  self->memory = oh_password_memory_new ();
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_association_slot_unref);
  return self;
}

void
oh_association_table_free (OhAssociationTable *self)
{
  g_ptr_array_unref (self->slots);
  oh_password_memory_unref (self->memory);
  g_object_unref (self->clock);
  g_free (self->host);
  g_strfreev (self->trusted);
  g_free (self);
}

static OhNegotiator *
negotiator_at (const OhAssociationTable *self, guint index)
{
  return oh_association_slot_negotiator (oh_association_table_get (self, index));
}

void
oh_association_table_set_policy (OhAssociationTable *self, const OhSchemePolicy *policy)
{
  self->policy = *policy;
  for (guint i = 0; i < self->slots->len; i++)
    oh_negotiator_set_policy (negotiator_at (self, i), policy);
}

void
oh_association_table_set_maker (OhAssociationTable *self, OhMechanismMaker maker)
{
  self->maker = maker;
  for (guint i = 0; i < self->slots->len; i++)
    oh_negotiator_set_maker (negotiator_at (self, i), maker);
}

void
oh_association_table_set_peer (OhAssociationTable *self, const OhAuthPeer *peer)
{
  g_autofree char *host = g_strdup (peer->host);
  g_auto (GStrv) trusted = g_strdupv ((GStrv) peer->trusted);

  oh_association_table_clear (self);
  g_free (self->host);
  self->host = g_steal_pointer (&host);
  self->is_tls = peer->is_tls;
  g_strfreev (self->trusted);
  self->trusted = g_steal_pointer (&trusted);
}

const char *
oh_association_table_host (const OhAssociationTable *self)
{
  return self->host != NULL ? self->host : "?";
}

void
oh_association_table_set_idle_limit (OhAssociationTable *self, guint seconds)
{
  self->idle_s = seconds;
  for (guint i = 0; i < self->slots->len; i++)
    oh_association_slot_set_idle_limit (oh_association_table_get (self, i), seconds);
}

void
oh_association_table_clear (OhAssociationTable *self)
{
  self->ignored_before = oh_association_table_ignored_names (self);
  g_ptr_array_set_size (self->slots, 0);
  self->idle_s = OH_ASSOCIATION_IDLE_S;
}

guint
oh_association_table_size (const OhAssociationTable *self)
{
  return self->slots->len;
}

OhAssociationSlot *
oh_association_table_get (const OhAssociationTable *self, guint index)
{
  return g_ptr_array_index (self->slots, index);
}

OhAssociationSlot *
oh_association_table_find (const OhAssociationTable *self, const OhAuthOffer *offer)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (oh_association_slot_is (oh_association_table_get (self, i), offer->realm, offer->host))
      return oh_association_table_get (self, i);
  return NULL;
}

OhAssociationSlot *
oh_association_table_add (OhAssociationTable *self, const OhAuthOffer *offer)
{
  const OhAuthPeer peer = { self->host, self->is_tls, (const char *const *) self->trusted };
  OhNegotiator *negotiator;
  OhAssociationSlot *slot;

  if (self->slots->len >= OH_ASSOCIATION_SLOTS_MAX)
    return NULL;
  negotiator =
    oh_negotiator_new (self->clock, &self->policy, self->credentials_func, self->credentials_data);
  oh_negotiator_set_memory (negotiator, self->memory);
  oh_negotiator_set_peer (negotiator, &peer);
  if (self->maker != NULL)
    oh_negotiator_set_maker (negotiator, self->maker);
  slot = oh_association_slot_new (self->clock, offer->realm, offer->host, negotiator);
  oh_association_slot_set_idle_limit (slot, self->idle_s);
  g_ptr_array_add (self->slots, slot);
  return slot;
}

void
oh_association_table_forgive (OhAssociationTable *self)
{
  oh_password_memory_clear (self->memory);
}

guint64
oh_association_table_ignored_names (const OhAssociationTable *self)
{
  guint64 total = self->ignored_before;

  for (guint i = 0; i < self->slots->len; i++)
    total += oh_negotiator_ignored_names (negotiator_at (self, i));
  return total;
}

void
oh_association_table_renew (OhAssociationTable *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self, i);

      if (oh_association_slot_is_of_register (slot))
        oh_association_slot_renew (slot);
    }
}

OhAssociation *
oh_association_table_known (const OhAssociationTable *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (self, i);
      OhAssociation *pending = oh_association_slot_pending (slot);

      if (oh_association_slot_current (slot) != NULL)
        return oh_association_slot_current (slot);
      if (pending != NULL && oh_association_has_keys (pending))
        return pending;
    }
  return NULL;
}
