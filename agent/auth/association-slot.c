/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "association-slot.h"

#include "error.h"

#define BIT(state) (1u << (state))
#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

struct _OhAssociationSlot
{
  OhSlotState state;
  OhClock *clock;           /* (owned) */
  OhNegotiator *negotiator; /* (owned) */
  char *realm;              /* (owned) */
  char *host;               /* (owned) */

  OhAssociation *current;  /* (owned) (nullable): READY or EXPIRED */
  OhAssociation *pending;  /* (owned) (nullable): NEGOTIATING */
  OhAssociation *retired;  /* (owned) (nullable): EXPIRED, still believed for a while */
  gint64 retired_until_us; /* of @retired */
  gint64 idle_s;

  gboolean of_register; /* REGISTER passes this server */
  char *carrier;        /* (owned) (nullable): Call-ID of the request that carries the handshake;
                         * NULL for REGISTER */
  OhSlotBore register_bore; /* what the last REGISTER carried */
  OhSlotBore carrier_bore;  /* ... and the last one of @carrier */
  gboolean left_out;        /* the last REGISTER left without, in order to be challenged */
  gboolean heard;           /* signed the message that arrived last */
  gboolean fresh;           /* @current is new by the REGISTER under way */
  guint unheard;            /* messages signed since the server signed one */
};

static const guint may_follow[OH_SLOT_N_STATES] = {
  [OH_SLOT_IDLE] = BIT (OH_SLOT_NEGOTIATING),
  [OH_SLOT_NEGOTIATING] = BIT (OH_SLOT_READY) | BIT (OH_SLOT_IDLE) | BIT (OH_SLOT_EXPIRED),
  [OH_SLOT_READY] =
    BIT (OH_SLOT_DUE) | BIT (OH_SLOT_RENEWING) | BIT (OH_SLOT_EXPIRED) | BIT (OH_SLOT_IDLE),
  [OH_SLOT_DUE] =
    BIT (OH_SLOT_RENEWING) | BIT (OH_SLOT_READY) | BIT (OH_SLOT_EXPIRED) | BIT (OH_SLOT_IDLE),
  [OH_SLOT_RENEWING] = BIT (OH_SLOT_READY) | BIT (OH_SLOT_DUE) | BIT (OH_SLOT_NEGOTIATING) |
                       BIT (OH_SLOT_IDLE) | BIT (OH_SLOT_EXPIRED),
  [OH_SLOT_EXPIRED] = BIT (OH_SLOT_NEGOTIATING) | BIT (OH_SLOT_IDLE),
};

const char *
oh_slot_state_name (OhSlotState state)
{
  static const char *const names[OH_SLOT_N_STATES] = { "idle", "negotiating", "ready",
                                                       "due",  "renewing",    "expired" };

  g_return_val_if_fail (state < OH_SLOT_N_STATES, "?");
  return names[state];
}

static void
set_state (OhAssociationSlot *self, OhSlotState to, const char *why)
{
  if (to == self->state)
    return;
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("%s: %s -> %s (%s)", self->host, oh_slot_state_name (self->state),
           oh_slot_state_name (to), why);
  self->state = to;
}

OhAssociationSlot *
oh_association_slot_new (OhClock *clock, const char *realm, const char *host,
                         OhNegotiator *negotiator)
{
  OhAssociationSlot *self = g_rc_box_new0 (OhAssociationSlot);

  self->clock = g_object_ref (clock);
  self->negotiator = negotiator;
  self->realm = g_strdup (realm);
  self->host = g_strdup (host);
  self->idle_s = OH_ASSOCIATION_IDLE_S;
  return self;
}

OhAssociationSlot *
oh_association_slot_ref (OhAssociationSlot *self)
{
  return g_rc_box_acquire (self);
}

static void
drop_association (OhAssociation **association, const char *why)
{
  OhAssociation *gone = g_steal_pointer (association);

  if (gone == NULL)
    return;
  if (oh_association_state (gone) != OH_ASSOCIATION_EXPIRED)
    oh_association_expire (gone, why);
  oh_association_unref (gone);
}

static void
clear (gpointer data)
{
  OhAssociationSlot *self = data;

  drop_association (&self->pending, "gone");
  drop_association (&self->current, "gone");
  drop_association (&self->retired, "gone");
  g_object_unref (self->negotiator);
  g_object_unref (self->clock);
  g_free (self->realm);
  g_free (self->host);
  g_free (self->carrier);
}

void
oh_association_slot_unref (OhAssociationSlot *self)
{
  g_rc_box_release_full (self, clear);
}

gboolean
oh_association_slot_is (const OhAssociationSlot *self, const char *realm, const char *host)
{
  return g_str_equal (self->realm, realm) && g_ascii_strcasecmp (self->host, host) == 0;
}

const char *
oh_association_slot_host (const OhAssociationSlot *self)
{
  return self->host;
}

OhNegotiator *
oh_association_slot_negotiator (OhAssociationSlot *self)
{
  return self->negotiator;
}

OhAssociation *
oh_association_slot_pending (OhAssociationSlot *self)
{
  return self->pending;
}

gboolean
oh_association_slot_is_of_register (const OhAssociationSlot *self)
{
  return self->of_register;
}

void
oh_association_slot_set_idle_limit (OhAssociationSlot *self, guint seconds)
{
  self->idle_s = seconds;
}

/* --- how long an association lives --------------------------------------------------------- */

static void
expire (OhAssociationSlot *self, const char *why)
{
  oh_association_expire (self->current, why);
  set_state (self, self->pending != NULL ? OH_SLOT_NEGOTIATING : OH_SLOT_EXPIRED, why);
}

OhAssociation *
oh_association_slot_current (OhAssociationSlot *self)
{
  const char *why;

  if (self->current == NULL || oh_association_state (self->current) != OH_ASSOCIATION_READY)
    return NULL;
  why = oh_association_is_over (self->current, oh_clock_now_us (self->clock), self->idle_s);
  if (why == NULL)
    return self->current;
  expire (self, why);
  return NULL;
}

OhSlotState
oh_association_slot_state (OhAssociationSlot *self)
{
  (void) oh_association_slot_current (self);
  return self->state;
}

OhAssociation *
oh_association_slot_known (OhAssociationSlot *self)
{
  return self->current != NULL ? self->current : self->retired;
}

/* What was signed with it may still be under way. */
static void
retire_current (OhAssociationSlot *self, const char *why)
{
  if (self->current == NULL)
    return;
  drop_association (&self->retired, why);
  self->retired = g_steal_pointer (&self->current);
  self->retired_until_us = oh_clock_now_us (self->clock) + SECONDS (OH_ASSOCIATION_OVERLAP_S);
  if (oh_association_state (self->retired) != OH_ASSOCIATION_EXPIRED)
    oh_association_expire (self->retired, why);
}

void
oh_association_slot_retire (OhAssociationSlot *self, const char *why)
{
  drop_association (&self->pending, why);
  retire_current (self, why);
  set_state (self, OH_SLOT_IDLE, why);
}

/* --- what leaves --------------------------------------------------------------------------- */

static gboolean
is_register (const OhSipMessage *message)
{
  return oh_sip_message_is_method (message, "REGISTER");
}

static gboolean
is_carrier (const OhAssociationSlot *self, const OhSipMessage *out)
{
  if (!oh_sip_message_is_request (out))
    return FALSE;
  return self->carrier != NULL ? g_str_equal (self->carrier, oh_sip_message_get (out, "Call-ID"))
                               : is_register (out);
}

static gboolean
sign_as_ever (OhAssociationSlot *self, OhSipMessage *out, GError **error)
{
  OhAssociation *association = oh_association_slot_current (self);
  g_autoptr (GError) failed = NULL;

  if (association == NULL)
    return TRUE;
  if (oh_association_protect (association, out, oh_clock_now_us (self->clock), &failed))
    {
      self->unheard++;
      return TRUE;
    }
  if (!g_error_matches (failed, OH_ERROR, OH_ERROR_TICKET))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  expire (self, failed->message); /* the server will ask for the next one */
  return TRUE;
}

static OhSlotBore
to_bear (OhAssociationSlot *self, const OhSipMessage *out)
{
  gboolean carrier = is_carrier (self, out);

  if (carrier && self->pending != NULL &&
      (oh_association_has_token (self->pending) || oh_association_has_keys (self->pending)))
    return OH_SLOT_BORE_TOKEN;
  if (oh_sip_message_is_request (out) && is_register (out) && self->state == OH_SLOT_DUE)
    return OH_SLOT_BORE_NOTHING;
  return oh_association_slot_current (self) != NULL ? OH_SLOT_BORE_SIGNATURE : OH_SLOT_BORE_NOTHING;
}

static void
note_bore (OhAssociationSlot *self, const OhSipMessage *out, OhSlotBore bore)
{
  if (!oh_sip_message_is_request (out))
    return;
  if (is_register (out))
    {
      self->register_bore = bore;
      self->left_out = bore == OH_SLOT_BORE_NOTHING && self->state == OH_SLOT_DUE;
    }
  else if (is_carrier (self, out))
    self->carrier_bore = bore;
}

gboolean
oh_association_slot_protect (OhAssociationSlot *self, OhSipMessage *out, GError **error)
{
  OhSlotBore bore;

  if (!self->of_register && self->unheard >= OH_SLOT_UNHEARD_MAX)
    {
      self->unheard = 0;
      oh_association_slot_retire (self, "not heard of for long");
    }
  bore = to_bear (self, out);
  note_bore (self, out, bore);
  switch (bore)
    {
    case OH_SLOT_BORE_NOTHING: return TRUE;
    case OH_SLOT_BORE_TOKEN:
      return oh_association_protect (self->pending, out, oh_clock_now_us (self->clock), error);
    case OH_SLOT_BORE_SIGNATURE: return sign_as_ever (self, out, error);
    default: g_return_val_if_reached (FALSE);
    }
}

OhSlotBore
oh_association_slot_bore (OhAssociationSlot *self, const OhSipMessage *request)
{
  if (is_register (request))
    return self->register_bore;
  if (self->carrier != NULL && is_carrier (self, request))
    return self->carrier_bore;
  return self->current != NULL && oh_association_signed (self->current, request)
           ? OH_SLOT_BORE_SIGNATURE
           : OH_SLOT_BORE_NOTHING;
}

/* --- what arrives -------------------------------------------------------------------------- */

/* The associations that may have signed what arrives, the likeliest first. */
static guint
believed (OhAssociationSlot *self, OhAssociation *out[3])
{
  guint n = 0;

  if (self->current != NULL)
    out[n++] = self->current;
  if (self->pending != NULL && oh_association_has_keys (self->pending))
    out[n++] = self->pending;
  if (self->retired != NULL && oh_clock_now_us (self->clock) < self->retired_until_us)
    out[n++] = self->retired;
  return n;
}

gboolean
oh_association_slot_is_believed (OhAssociationSlot *self)
{
  OhAssociation *candidates[3];

  return believed (self, candidates) > 0;
}

/* The server has shown that it has the keys of the new association: it takes over. */
static void
prove (OhAssociationSlot *self, const char *why)
{
  retire_current (self, "replaced");
  self->current = g_steal_pointer (&self->pending);
  oh_association_make_ready (self->current);
  self->fresh = self->carrier == NULL;
  g_clear_pointer (&self->carrier, g_free);
  set_state (self, OH_SLOT_READY, why);
  oh_negotiator_restart (self->negotiator);
}

OhSlotSigned
oh_association_slot_check (OhAssociationSlot *self, const OhSipMessage *in,
                           const OhAuthChallenge *info, GError **error)
{
  OhAssociation *candidates[3];
  guint n = believed (self, candidates);
  OhSlotSigned result = OH_SLOT_SIGNED_BY_NOBODY;

  for (guint i = 0; i < n; i++)
    {
      if (!oh_association_matches (candidates[i], info))
        continue;
      g_clear_error (error);
      if (!oh_association_verify (candidates[i], in, info, error))
        {
          result = OH_SLOT_SIGNED_WRONGLY;
          continue;
        }
      if (!oh_association_accept_number (candidates[i], info))
        return OH_SLOT_SIGNED_TWICE;
      self->heard = TRUE;
      self->unheard = 0;
      if (candidates[i] == self->pending)
        prove (self, "its signature is right");
      return OH_SLOT_SIGNED_RIGHT;
    }
  return result;
}

void
oh_association_slot_begin_message (OhAssociationSlot *self)
{
  self->heard = FALSE;
}

gboolean
oh_association_slot_was_heard (const OhAssociationSlot *self)
{
  return self->heard;
}

gboolean
oh_association_slot_is_fresh (const OhAssociationSlot *self)
{
  return self->fresh;
}

void
oh_association_slot_registered (OhAssociationSlot *self, guint replaced_by)
{
  OhAssociation *association = oh_association_slot_current (self);
  gboolean replaced = association != NULL && self->of_register && !self->fresh && !self->heard &&
                      replaced_by & BIT (oh_association_family (association));

  if (self->pending != NULL && self->carrier == NULL && oh_association_has_keys (self->pending) &&
      self->register_bore == OH_SLOT_BORE_TOKEN)
    prove (self, "it let the last token through");
  else if (self->left_out && self->state == OH_SLOT_DUE)
    oh_association_slot_retire (self, "it does not ask any more");
  else if (replaced)
    oh_association_slot_retire (self, "another way, another server");
  else if (self->fresh && self->state == OH_SLOT_DUE)
    set_state (self, OH_SLOT_READY, "it was the one before that was lost");
  self->left_out = FALSE;
  self->fresh = FALSE;
}

/* --- handshakes ---------------------------------------------------------------------------- */

/* Back to what was before the handshake. */
static void
drop_pending (OhAssociationSlot *self, const char *why)
{
  gboolean signs = oh_association_slot_current (self) != NULL;

  if (self->pending == NULL)
    return;
  drop_association (&self->pending, why);
  set_state (self,
             signs                   ? OH_SLOT_DUE
             : self->current != NULL ? OH_SLOT_EXPIRED
                                     : OH_SLOT_IDLE,
             why);
}

void
oh_association_slot_begin (OhAssociationSlot *self, const OhSipMessage *request)
{
  drop_pending (self, "begun anew");
  g_clear_pointer (&self->carrier, g_free);
  self->carrier_bore = OH_SLOT_BORE_NOTHING;
  if (is_register (request))
    self->of_register = TRUE;
  else
    self->carrier = g_strdup (oh_sip_message_get (request, "Call-ID"));
}

void
oh_association_slot_take_pending (OhAssociationSlot *self, OhAssociation *next)
{
  if (next == NULL)
    {
      drop_pending (self, "nothing left to try");
      oh_negotiator_restart (self->negotiator);
      return;
    }
  if (next != self->pending)
    {
      drop_association (&self->pending, "another scheme");
      self->pending = oh_association_ref (next);
    }
  set_state (self,
             oh_association_slot_current (self) != NULL ? OH_SLOT_RENEWING : OH_SLOT_NEGOTIATING,
             "a token waits");
}

void
oh_association_slot_renew (OhAssociationSlot *self)
{
  drop_pending (self, "begun anew");
  if (oh_association_slot_current (self) != NULL)
    set_state (self, OH_SLOT_DUE, "a new association is wanted");
}
