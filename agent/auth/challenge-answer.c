/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "challenge-answer.h"

#include <glib/gi18n-lib.h>

#include "error.h"

/* One challenge on its way to an answer. */
typedef struct
{
  OhAssociationTable *table; /* borrowed */
  OhSipMessage *response;    /* (owned) */
  OhSipMessage *request;     /* (owned) */
  GPtrArray *offers;         /* (owned) (element-type OhAuthOffer) */
  guint next;                /* the offer to try next */
  const OhAuthOffer *done;   /* (nullable): the one that a handshake under way has failed at */
  OhAssociationSlot *slot;   /* (owned) (nullable): whose handshake takes a step */
  gboolean refused;
  GError *error; /* (owned) (nullable): of the server that came nearest */
} Round;

static void
round_free (Round *round)
{
  oh_sip_message_unref (round->response);
  oh_sip_message_unref (round->request);
  g_ptr_array_unref (round->offers);
  g_clear_pointer (&round->slot, oh_association_slot_unref);
  g_clear_error (&round->error);
  g_free (round);
}

static void try_next (GTask *owned);

/* --- which error to tell ------------------------------------------------------------------- */

/* What the user can mend hides what only says that another server was of no use. */
static guint
weight (const GError *error)
{
  switch (error->code)
    {
    case OH_ERROR_TICKET:
    case OH_ERROR_CLOCK: return 3;
    case OH_ERROR_SIGN_IN:
    case OH_ERROR_SECRETS:
    case OH_ERROR_UNREACHABLE: return 2;
    default: return 1;
    }
}

/* @taken: (transfer full) */
static void
note_error (Round *round, GError *taken)
{
  if (round->error != NULL && weight (round->error) >= weight (taken))
    {
      g_error_free (taken);
      return;
    }
  g_clear_error (&round->error);
  round->error = taken;
}

/* --- one step ------------------------------------------------------------------------------ */

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OhAssociation) next =
    oh_negotiator_answer_finish (OH_NEGOTIATOR (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return; /* reset meanwhile: what came of it is of no use */
    }
  round->refused = next == NULL && oh_negotiator_was_refused (OH_NEGOTIATOR (source));
  oh_association_slot_take_pending (round->slot, next);
  if (next != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (round->refused || g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    g_clear_error (&round->error); /* the last word: no other server is shown that password */
  note_error (round, error);
  if (round->refused || g_error_matches (round->error, OH_ERROR, OH_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&round->error));
  else
    try_next (g_steal_pointer (&task));
}

/* @pending: (nullable): NULL to begin */
static void
step (GTask *owned, OhAssociationSlot *slot, const OhAuthOffer *offer, OhAssociation *pending)
{
  g_autoptr (GTask) task = owned;
  Round *round = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  OhAssociation *known = oh_association_slot_known (slot);

  if (known == NULL)
    known = oh_association_table_known (round->table);
  g_clear_pointer (&round->slot, oh_association_slot_unref);
  round->slot = oh_association_slot_ref (slot);
  oh_negotiator_answer_async (oh_association_slot_negotiator (slot), round->response, offer,
                              pending, known, cancellable, on_stepped, g_steal_pointer (&task));
}

/* --- servers that ask ---------------------------------------------------------------------- */

static OhAssociationSlot *
slot_for (Round *round, const OhAuthOffer *offer)
{
  OhAssociationSlot *slot = oh_association_table_find (round->table, offer);

  if (slot == NULL)
    slot = oh_association_table_add (round->table, offer);
  if (slot == NULL)
    note_error (round, g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                                    _ ("Too many servers ask for a sign-in of their own; %s is "
                                       "one too many."),
                                    offer->host));
  return slot;
}

static void
give_up (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&round->error));
}

static const OhAuthOffer *
next_offer (Round *round)
{
  while (round->next < round->offers->len)
    {
      const OhAuthOffer *offer = g_ptr_array_index (round->offers, round->next++);

      if (offer != round->done)
        return offer;
    }
  return NULL;
}

static void
try_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Round *round = g_task_get_task_data (task);
  const OhAuthOffer *offer = next_offer (round);
  OhAssociationSlot *slot = offer != NULL ? slot_for (round, offer) : NULL;

  if (offer == NULL)
    {
      give_up (task);
      return;
    }
  if (slot == NULL)
    {
      try_next (g_steal_pointer (&task));
      return;
    }
  oh_association_slot_begin (slot, round->request);
  step (g_steal_pointer (&task), slot, offer, NULL);
}

/* --- what the request carried -------------------------------------------------------------- */

static const OhAuthOffer *
offer_of (Round *round, const OhAssociationSlot *slot)
{
  for (guint i = 0; i < round->offers->len; i++)
    {
      const OhAuthOffer *offer = g_ptr_array_index (round->offers, i);

      if (oh_association_slot_is (slot, offer->realm, offer->host))
        return offer;
    }
  return NULL;
}

/* The server whose token this answers; @offer: (out) (nullable): with what. One that was given its
 * last token and does not ask again has let the request through to whoever asks now. */
static OhAssociationSlot *
find_answered (Round *round, const OhAuthOffer **offer)
{
  for (guint i = 0; i < oh_association_table_size (round->table); i++)
    {
      OhAssociationSlot *slot = oh_association_table_get (round->table, i);

      if (oh_association_slot_pending (slot) == NULL ||
          oh_association_slot_bore (slot, round->request) != OH_SLOT_BORE_TOKEN)
        continue;
      *offer = offer_of (round, slot);
      if (*offer != NULL || round->offers->len == 0)
        return slot; /* it is not asked from the beginning again if this fails */
      if (!oh_association_has_keys (oh_association_slot_pending (slot)))
        oh_association_slot_take_pending (slot, NULL);
    }
  return NULL;
}

/* Servers that were given a signature and ask all the same have forgotten the association. TRUE
 * when the request is to leave again, without credentials for them or with those that have come to
 * stand meanwhile. */
static gboolean
leave_again (Round *round)
{
  gboolean again = FALSE;

  for (guint i = 0; i < round->offers->len; i++)
    {
      OhAssociationSlot *slot =
        oh_association_table_find (round->table, g_ptr_array_index (round->offers, i));

      if (slot == NULL)
        continue;
      if (oh_association_slot_bore (slot, round->request) == OH_SLOT_BORE_SIGNATURE)
        {
          oh_association_slot_retire (slot, "forgotten by the server");
          again = TRUE;
        }
      else if (oh_association_slot_state (slot) == OH_SLOT_READY)
        again = TRUE;
    }
  return again;
}

void
oh_challenge_answer_async (OhAssociationTable *table, OhSipMessage *response, OhSipMessage *request,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Round *round = g_new0 (Round, 1);
  OhAssociationSlot *answered;

  g_task_set_source_tag (task, oh_challenge_answer_async);
  g_task_set_task_data (task, round, (GDestroyNotify) round_free);
  round->table = table;
  round->response = oh_sip_message_ref (response);
  round->request = oh_sip_message_ref (request);
  round->offers = oh_auth_offers_collect (response);
  answered = find_answered (round, &round->done);
  if (answered != NULL)
    step (g_steal_pointer (&task), answered, round->done, oh_association_slot_pending (answered));
  else if (leave_again (round))
    g_task_return_boolean (task, TRUE);
  else if (round->offers->len > 0)
    try_next (g_steal_pointer (&task));
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_PROTOCOL,
                             _ ("The server %s asks for a sign-in but offers no scheme."),
                             oh_association_table_host (table));
}

gboolean
oh_challenge_answer_finish (GAsyncResult *result, gboolean *refused, GError **error)
{
  const Round *round = g_task_get_task_data (G_TASK (result));

  *refused = round->refused;
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
oh_challenge_is_of_register (OhAssociationTable *table, const OhSipMessage *response,
                             const OhSipMessage *request)
{
  g_autoptr (GPtrArray) offers = oh_auth_offers_collect (response);
  gboolean found = FALSE;

  if (offers->len == 0) /* whoever it is, it does not know us */
    {
      oh_association_table_renew (table);
      return TRUE;
    }
  for (guint i = 0; i < offers->len; i++)
    {
      OhAssociationSlot *slot = oh_association_table_find (table, g_ptr_array_index (offers, i));

      if (slot == NULL || !oh_association_slot_is_of_register (slot) ||
          (oh_association_slot_state (slot) == OH_SLOT_READY &&
           oh_association_slot_bore (slot, request) == OH_SLOT_BORE_NOTHING))
        continue;
      found = TRUE;
      if (oh_association_slot_state (slot) == OH_SLOT_READY)
        oh_association_slot_renew (slot);
    }
  return found;
}
