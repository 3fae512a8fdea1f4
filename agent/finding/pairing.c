/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pairing.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#include "error.h"
#include "secret-text.h"

typedef enum
{
  STATE_IDLE,
  STATE_ASKING,  /* the phone is being told what to show */
  STATE_LOGIN,   /* it wants a login; its key is remembered */
  STATE_SHOWN,   /* the code is on the display */
  STATE_COMPARE, /* the fingerprint is to be compared */
  N_STATES,
} State;

#define BIT(state) (1U << (state))

static const guint may_follow[N_STATES] = {
  [STATE_IDLE] = BIT (STATE_ASKING),
  [STATE_ASKING] = BIT (STATE_LOGIN) | BIT (STATE_SHOWN) | BIT (STATE_COMPARE) | BIT (STATE_IDLE),
  [STATE_LOGIN] = BIT (STATE_ASKING) | BIT (STATE_IDLE),
  [STATE_SHOWN] = BIT (STATE_IDLE),
  [STATE_COMPARE] = BIT (STATE_IDLE),
};

struct _OhPairing
{
  GObject parent_instance;

  const OhPairingDisplay *how;
  OhClock *clock;
  State state;
  GObject *display;    /* (owned) (nullable): NULL while IDLE */
  OhPaired *candidate; /* (owned) (nullable): the same */
  GCancellable *cancellable;
  char code[OH_PAIRING_DIGITS + 1];
  guint attempts; /* left */
  guint alarm;
};

G_DEFINE_FINAL_TYPE (OhPairing, oh_pairing, G_TYPE_OBJECT)

void
oh_paired_free (OhPaired *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->fingerprint);
  g_free (self->mac);
  g_free (self->user);
  oh_secret_free (self->password);
  g_free (self);
}

static void
move (OhPairing *self, State to)
{
  g_return_if_fail ((may_follow[self->state] & BIT (to)) != 0);
  self->state = to;
}

void
oh_pairing_abandon (OhPairing *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->display);
  g_clear_pointer (&self->candidate, oh_paired_free);
  OPENSSL_cleanse (self->code, sizeof self->code);
  if (self->state != STATE_IDLE)
    move (self, STATE_IDLE);
}

static gboolean
on_limit (gpointer user_data)
{
  OhPairing *self = user_data;

  self->alarm = 0;
  oh_pairing_abandon (self);
  return G_SOURCE_REMOVE;
}

/* --- the code ------------------------------------------------------------------------------- */

/* Every code equally likely: what would favour the low ones is drawn again. */
static gboolean
draw_code (OhPairing *self, GError **error)
{
  const guint n_codes = 10000;
  guint16 number;

  do
    if (RAND_bytes ((guchar *) &number, sizeof number) != 1)
      {
        g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                             _ ("The computer has no random numbers for a code."));
        return FALSE;
      }
  while (number >= G_MAXUINT16 / n_codes * n_codes);
  g_snprintf (self->code, sizeof self->code, "%04u", number % n_codes);
  self->attempts = OH_PAIRING_ATTEMPTS;
  return TRUE;
}

/* Looks at every digit, so that the time says nothing about the code. */
static gboolean
is_code (OhPairing *self, const char *typed)
{
  char digits[OH_PAIRING_DIGITS + 1] = "";
  gsize n = 0;

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) && n < OH_PAIRING_DIGITS)
      digits[n++] = *p;
    else if (*p != ' ')
      return FALSE;
  return CRYPTO_memcmp (digits, self->code, OH_PAIRING_DIGITS) == 0;
}

/* --- beginning ------------------------------------------------------------------------------ */

static void
note_facts (OhPairing *self)
{
  g_free (self->candidate->fingerprint);
  self->candidate->fingerprint = g_strdup (self->how->fingerprint (self->display));
  g_free (self->candidate->mac);
  self->candidate->mac = g_strdup (self->how->mac (self->display));
}

/* Where no code can be shown, but a key was: that is compared. */
static gboolean
can_compare (OhPairing *self, const GError *error)
{
  return self->candidate->fingerprint != NULL &&
         (g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED) ||
          g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_REFUSED));
}

static void
give_time (OhPairing *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->alarm = oh_clock_add_alarm_in (self->clock, (gint64) OH_PAIRING_LIMIT_S * G_USEC_PER_SEC,
                                       on_limit, self);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhPairing *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean shown = self->how->show_finish (source, result, &error);

  if (source != self->display)
    {
      g_clear_error (&error);
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED,
                               _ ("The pairing was given up, or another one began."));
      return;
    }
  note_facts (self);
  give_time (self);
  if (shown || can_compare (self, error))
    {
      g_clear_error (&error);
      move (self, shown ? STATE_SHOWN : STATE_COMPARE);
      g_task_return_int (task, shown ? OH_PAIRING_BY_CODE : OH_PAIRING_BY_FINGERPRINT);
    }
  else
    {
      if (g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_LOGIN))
        move (self, STATE_LOGIN);
      else
        oh_pairing_abandon (self);
      g_task_return_error (task, error);
    }
}

/* With a login only to whom it was asked for: the same address, over the same display. */
static void
prepare (OhPairing *self, const char *address)
{
  if (self->state == STATE_LOGIN && g_str_equal (self->candidate->address, address))
    return;
  oh_pairing_abandon (self);
  self->display = self->how->open (address, self->clock);
  self->candidate = g_new0 (OhPaired, 1);
  self->candidate->address = g_strdup (address);
}

void
oh_pairing_begin_async (OhPairing *self, const char *address, const char *user,
                        const char *password, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, oh_pairing_begin_async);
  prepare (self, address);
  if (user != NULL && password != NULL)
    {
      g_free (self->candidate->user);
      self->candidate->user = g_strdup (user);
      oh_secret_free (self->candidate->password);
      self->candidate->password = oh_secret_dup (password);
    }
  if (!draw_code (self, &error))
    {
      oh_pairing_abandon (self);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  oh_clock_clear_alarm (self->clock, &self->alarm); /* the request has limits of its own */
  g_set_object (&self->cancellable, cancellable);
  move (self, STATE_ASKING);
  self->how->show_async (self->display, user, password, self->code, cancellable, on_shown, task);
}

gboolean
oh_pairing_begin_finish (OhPairing *self, GAsyncResult *result, OhPairingWay *out_way,
                         GError **error)
{
  gssize way = g_task_propagate_int (G_TASK (result), error);

  if (way < 0)
    return FALSE;
  *out_way = (OhPairingWay) way;
  return TRUE;
}

const char *
oh_pairing_get_fingerprint (OhPairing *self)
{
  return self->candidate != NULL ? self->candidate->fingerprint : NULL;
}

/* --- ending --------------------------------------------------------------------------------- */

static OhPaired *
take (OhPairing *self)
{
  OhPaired *paired = g_steal_pointer (&self->candidate);

  oh_pairing_abandon (self);
  return paired;
}

static gboolean
is_waiting (OhPairing *self, State state, GError **error)
{
  if (self->state == state)
    return TRUE;
  g_set_error_literal (error, OH_ERROR, OH_ERROR_CANCELLED,
                       _ ("No phone waits for this any more: its time is over. Begin again."));
  return FALSE;
}

OhPaired *
oh_pairing_confirm (OhPairing *self, const char *code, GError **error)
{
  if (!is_waiting (self, STATE_SHOWN, error))
    return NULL;
  if (is_code (self, code))
    return take (self);
  if (--self->attempts > 0)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                   ngettext ("The phone shows another code. %u attempt is left.",
                             "The phone shows another code. %u attempts are left.", self->attempts),
                   self->attempts);
      return NULL;
    }
  oh_pairing_abandon (self);
  g_set_error_literal (
    error, OH_ERROR, OH_ERROR_UNTRUSTED,
    _ ("The code was wrong each time. Is it another phone that you look at? Begin "
       "again for another code."));
  return NULL;
}

OhPaired *
oh_pairing_accept (OhPairing *self, const char *fingerprint, GError **error)
{
  if (!is_waiting (self, STATE_COMPARE, error))
    return NULL;
  if (g_ascii_strcasecmp (fingerprint, self->candidate->fingerprint) == 0)
    return take (self);
  oh_pairing_abandon (self);
  g_set_error_literal (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                       _ ("That is not the fingerprint that the phone has shown."));
  return NULL;
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_pairing_dispose (GObject *object)
{
  oh_pairing_abandon (OH_PAIRING (object));
  G_OBJECT_CLASS (oh_pairing_parent_class)->dispose (object);
}

static void
oh_pairing_finalize (GObject *object)
{
  g_object_unref (OH_PAIRING (object)->clock);
  G_OBJECT_CLASS (oh_pairing_parent_class)->finalize (object);
}

static void
oh_pairing_class_init (OhPairingClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_pairing_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_pairing_finalize;
}

static void
oh_pairing_init (OhPairing *self)
{
}

OhPairing *
oh_pairing_new (const OhPairingDisplay *display, OhClock *clock)
{
  OhPairing *self = g_object_new (OH_TYPE_PAIRING, NULL);

  self->how = display;
  self->clock = g_object_ref (clock);
  return self;
}
