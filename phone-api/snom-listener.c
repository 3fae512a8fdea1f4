/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-listener.h"
#include "error.h"
#include "event-door.h"
#include "snom-event.h"
#include "wire-tap.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

/* How often what was refused is told of: a scan of the network is one line, a flood one a minute.
 */
#define REPORT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* How often a phone is looked for because its token came from elsewhere. */
#define STRAY_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define RANDOM_SECRET_OCTETS 32

typedef struct
{
  char *id;
  char *token;
  GInetAddress *local;
  GInetAddress *remote;
  OhSnomEventFunc func;
  OhSnomStrayFunc stray;
  gint64 stray_us; /* when it was told of last; 0 for never */
  gpointer user_data;
} Phone;

/* The code that the user shall dial on a phone that is not known yet. */
typedef struct
{
  char *code;        /* NULL: none is expected */
  GPtrArray *locals; /* GInetAddress */
  OhSnomCallMeFunc func;
  gpointer user_data;
} CallMe;

struct _OhSnomListener
{
  GObject parent_instance;

  char *secret;
  guint16 port;
  GPtrArray *phones; /* Phone */
  GPtrArray *doors;  /* OhEventDoor */
  CallMe call_me;
  guint tidy; /* idle: doors that nobody uses any more are closed */
  OhClock *clock;
  guint n_refused;
  guint report; /* alarm: what was refused since the last one is told */
  guint n_unreported;
  guint n_unread; /* of those */
};

G_DEFINE_FINAL_TYPE (OhSnomListener, oh_snom_listener, G_TYPE_OBJECT)

static void
phone_free (gpointer data)
{
  Phone *phone = data;

  g_free (phone->id);
  g_free (phone->token);
  g_object_unref (phone->local);
  g_object_unref (phone->remote);
  g_free (phone);
}

static void
call_me_clear (CallMe *call_me)
{
  g_free (call_me->code);
  g_clear_pointer (&call_me->locals, g_ptr_array_unref);
  *call_me = (CallMe){ 0 };
}

static void
oh_snom_listener_dispose (GObject *object)
{
  OhSnomListener *self = OH_SNOM_LISTENER (object);

  oh_clock_clear_alarm (self->clock, &self->report);
  call_me_clear (&self->call_me);
  g_clear_handle_id (&self->tidy, g_source_remove);
  g_ptr_array_set_size (self->phones, 0);
  g_ptr_array_set_size (self->doors, 0);
  G_OBJECT_CLASS (oh_snom_listener_parent_class)->dispose (object);
}

static void
oh_snom_listener_finalize (GObject *object)
{
  OhSnomListener *self = OH_SNOM_LISTENER (object);

  OPENSSL_cleanse (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->doors);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_snom_listener_parent_class)->finalize (object);
}

static void
oh_snom_listener_class_init (OhSnomListenerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_snom_listener_dispose;
  object_class->finalize = oh_snom_listener_finalize;
}

static void
oh_snom_listener_init (OhSnomListener *self)
{
  self->phones = g_ptr_array_new_with_free_func (phone_free);
  self->doors = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_event_door_free);
  self->clock = g_object_ref (oh_clock_system ());
}

static char *
random_secret (void)
{
  guchar octets[RANDOM_SECRET_OCTETS];
  char *text;

  if (RAND_bytes (octets, sizeof (octets)) != 1)
    g_return_val_if_reached (g_uuid_string_random ());
  text = g_base64_encode (octets, sizeof (octets));
  OPENSSL_cleanse (octets, sizeof (octets));
  return text;
}

OhSnomListener *
oh_snom_listener_new (const char *secret, guint16 port)
{
  OhSnomListener *self = g_object_new (OH_TYPE_SNOM_LISTENER, NULL);

  self->secret = secret != NULL ? g_strdup (secret) : random_secret ();
  self->port = port;
  return self;
}

static char *
derive (OhSnomListener *self, const char *purpose, gsize len)
{
  char *digits = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->secret,
                                            strlen (self->secret), purpose, -1);

  digits[len] = '\0';
  return digits;
}

char *
oh_snom_listener_dup_token (OhSnomListener *self, const char *phone_id)
{
  return derive (self, phone_id, OH_SNOM_TOKEN_LENGTH);
}

char *
oh_snom_listener_dup_mark (OhSnomListener *self)
{
  return derive (self, "the mark", OH_SNOM_MARK_LENGTH); /* no phone's id has a blank */
}

/* Looks at every phone and every octet, so that the time says nothing about the token. */
static Phone *
find_by_token (OhSnomListener *self, OhSlice token)
{
  Phone *found = NULL;

  if (token.len != OH_SNOM_TOKEN_LENGTH)
    return NULL;
  for (guint i = 0; i < self->phones->len; i++)
    {
      Phone *phone = g_ptr_array_index (self->phones, i);

      if (CRYPTO_memcmp (phone->token, token.data, OH_SNOM_TOKEN_LENGTH) == 0)
        found = phone;
    }
  return found;
}

/* The event and what it carries, never the path with the secret. */
static void
tap_event (const char *phone_id, const OhSnomRequest *request)
{
  oh_wire_tap_note (NULL, NULL, "phone-event: %.*s at %s?%.*s", (int) request->event.len,
                    request->event.data, phone_id, (int) request->query.len,
                    request->query.len > 0 ? request->query.data : "");
}

/* The right secret from the wrong place: somebody who has read the phone's settings; or the phone
   itself, which has got another address. It is looked where it is now, not believed. */
static void
note_stray (OhSnomListener *self, Phone *phone)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (phone->stray == NULL || (phone->stray_us != 0 && now_us - phone->stray_us < STRAY_US))
    return;
  phone->stray_us = now_us;
  g_message ("[%s] an event came from another address than the phone's", phone->id);
  phone->stray (phone->user_data);
}

/* Every octet is looked at, so that the time says nothing about the code. */
static gboolean
is_code (const CallMe *call_me, const char *dialled)
{
  gsize len = strlen (call_me->code);

  return strlen (dialled) == len && CRYPTO_memcmp (dialled, call_me->code, len) == 0;
}

/* @dialled: (nullable): NULL when the request does not say it */
static gboolean
note_dialled (OhSnomListener *self, const char *dialled, GInetAddress *peer)
{
  if (self->call_me.code == NULL || dialled == NULL)
    return FALSE;
  self->call_me.func (is_code (&self->call_me, dialled) ? peer : NULL, self->call_me.user_data);
  return TRUE;
}

static gboolean
take_stranger (OhSnomListener *self, OhSlice line, GInetAddress *peer)
{
  g_autofree char *dialled = self->call_me.code != NULL ? oh_snom_call_me_parse (line) : NULL;

  return note_dialled (self, dialled, peer);
}

/* An earlier Offhook has left its place in the phone: what is dialled there is told there. */
static gboolean
take_earlier (OhSnomListener *self, const OhSnomRequest *request, GInetAddress *peer)
{
  g_autoptr (OhPhoneEvent) event = NULL;
  g_auto (GStrv) party = NULL;

  if (self->call_me.code == NULL || request->head)
    return FALSE;
  event = oh_snom_event_parse (request);
  if (event == NULL || event->kind != OH_PHONE_EVENT_OUTGOING || event->remote == NULL)
    return FALSE;
  party = g_strsplit (event->remote, "@", 2);
  return note_dialled (self, party[0], peer);
}

static gboolean
take_request (OhSlice line, GInetAddress *peer, gpointer user_data)
{
  g_autoptr (OhSnomListener) self = g_object_ref (OH_SNOM_LISTENER (user_data));
  OhSnomRequest request;
  OhPhoneEvent *event;
  Phone *phone;
  gboolean noted;

  if (!oh_snom_request_parse (line, &request))
    return take_stranger (self, line, peer);
  noted = take_earlier (self, &request, peer);
  phone = find_by_token (self, request.token);
  if (phone == NULL)
    return noted;
  if (!g_inet_address_equal (peer, phone->remote))
    {
      note_stray (self, phone);
      return noted;
    }
  tap_event (phone->id, &request);
  event = oh_snom_event_parse (&request);
  if (event == NULL)
    return FALSE;
  if (request.head) /* a look, not an event */
    oh_phone_event_free (event);
  else
    phone->func (event, phone->user_data);
  return TRUE;
}

static gboolean
is_phone (GInetAddress *peer, gpointer user_data)
{
  OhSnomListener *self = user_data;

  for (guint i = 0; i < self->phones->len; i++)
    if (g_inet_address_equal (((Phone *) g_ptr_array_index (self->phones, i))->remote, peer))
      return TRUE;
  return FALSE;
}

static gboolean
on_report (gpointer user_data)
{
  OhSnomListener *self = user_data;

  self->report = 0;
  g_message ("%u requests for events of phones were refused in a minute, %u of them unread",
             self->n_unreported, self->n_unread);
  self->n_unreported = 0;
  self->n_unread = 0;
  return G_SOURCE_REMOVE;
}

static void
note_refused (gboolean unread, gpointer user_data)
{
  OhSnomListener *self = user_data;

  self->n_refused++;
  self->n_unreported++;
  if (unread)
    self->n_unread++;
  else
    oh_wire_tap_note (NULL, NULL, "phone-event-refused: no phone of ours has that path");
  if (self->report == 0)
    self->report = oh_clock_add_alarm_in (self->clock, REPORT_US, on_report, self);
}

static const OhEventDoorHost door_host = { is_phone, take_request, note_refused };

static OhEventDoor *
open_door (OhSnomListener *self, GInetAddress *local, GError **error)
{
  OhEventDoor *door;

  for (guint i = 0; i < self->doors->len; i++)
    {
      door = g_ptr_array_index (self->doors, i);
      if (g_inet_address_equal (oh_event_door_local (door), local))
        return door;
    }
  door = oh_event_door_new (local, self->port, self->clock, &door_host, self, error);
  if (door != NULL)
    g_ptr_array_add (self->doors, door);
  return door;
}

static gboolean
is_expected_at (OhSnomListener *self, GInetAddress *local)
{
  for (guint i = 0; self->call_me.locals != NULL && i < self->call_me.locals->len; i++)
    if (g_inet_address_equal (g_ptr_array_index (self->call_me.locals, i), local))
      return TRUE;
  return FALSE;
}

static void
close_unused_doors (OhSnomListener *self)
{
  for (guint i = self->doors->len; i-- > 0;)
    {
      OhEventDoor *door = g_ptr_array_index (self->doors, i);
      gboolean used = FALSE;

      for (guint j = 0; j < self->phones->len; j++)
        {
          Phone *phone = g_ptr_array_index (self->phones, j);

          used = used || g_inet_address_equal (phone->local, oh_event_door_local (door));
        }
      used = used || is_expected_at (self, oh_event_door_local (door));
      if (!used)
        g_ptr_array_remove_index (self->doors, i);
    }
}

/* @user_data: only if it is theirs; NULL for whoever has it. */
static void
drop_phone (OhSnomListener *self, const char *phone_id, gpointer user_data)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Phone *phone = g_ptr_array_index (self->phones, i);

      if (strcmp (phone->id, phone_id) == 0 && (user_data == NULL || phone->user_data == user_data))
        {
          g_ptr_array_remove_index (self->phones, i);
          return;
        }
    }
}

static char *
base_url (OhSnomListener *self, OhEventDoor *door, const char *token)
{
  g_autofree char *mark = oh_snom_listener_dup_mark (self);
  g_autofree char *path = oh_snom_place_path (mark, token);
  g_autofree char *host = g_inet_address_to_string (oh_event_door_local (door));
  gboolean v6 = g_inet_address_get_family (oh_event_door_local (door)) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("http://%s%s%s:%u%s", v6 ? "[" : "", host, v6 ? "]" : "",
                          oh_event_door_port (door), path);
}

char *
oh_snom_listener_add (OhSnomListener *self, const char *phone_id, GInetAddress *local,
                      GInetAddress *remote, OhSnomEventFunc func, gpointer user_data,
                      GError **error)
{
  OhEventDoor *door = open_door (self, local, error);
  Phone *phone;

  if (door == NULL)
    return NULL;
  drop_phone (self, phone_id, NULL);
  phone = g_new0 (Phone, 1);
  phone->id = g_strdup (phone_id);
  phone->token = oh_snom_listener_dup_token (self, phone_id);
  phone->local = g_object_ref (local);
  phone->remote = g_object_ref (remote);
  phone->func = func;
  phone->user_data = user_data;
  g_ptr_array_add (self->phones, phone);
  close_unused_doors (self);
  return base_url (self, door, phone->token);
}

void
oh_snom_listener_set_stray (OhSnomListener *self, const char *phone_id, OhSnomStrayFunc stray)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Phone *phone = g_ptr_array_index (self->phones, i);

      if (strcmp (phone->id, phone_id) == 0)
        phone->stray = stray;
    }
}

void
oh_snom_listener_set_clock (OhSnomListener *self, OhClock *clock)
{
  g_return_if_fail (self->doors->len == 0 && self->report == 0);
  g_set_object (&self->clock, clock);
}

void
oh_snom_listener_remove (OhSnomListener *self, const char *phone_id, gpointer user_data)
{
  drop_phone (self, phone_id, user_data);
  close_unused_doors (self);
}

gboolean
oh_snom_listener_expect (OhSnomListener *self, const char *code, GPtrArray *locals,
                         OhSnomCallMeFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  guint n_open = 0;

  g_return_val_if_fail (self->call_me.code == NULL, FALSE);
  for (guint i = 0; i < locals->len; i++)
    {
      GError *refused = NULL;

      if (open_door (self, g_ptr_array_index (locals, i), &refused) != NULL)
        n_open++;
      else if (trouble == NULL)
        trouble = refused;
      else
        g_error_free (refused);
    }
  if (n_open == 0)
    {
      if (trouble == NULL)
        g_set_error_literal (&trouble, OH_ERROR, OH_ERROR_UNREACHABLE,
                             _ ("This computer has no address where a phone could reach it. "
                                "Connect it to the network of the phones."));
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  self->call_me = (CallMe){ g_strdup (code), g_ptr_array_ref (locals), func, user_data };
  return TRUE;
}

static gboolean
on_tidy (gpointer user_data)
{
  OhSnomListener *self = user_data;

  self->tidy = 0;
  close_unused_doors (self);
  return G_SOURCE_REMOVE;
}

/* From now on nothing counts; the doors close when who dialled the code has had the answer. */
void
oh_snom_listener_expect_nothing (OhSnomListener *self)
{
  call_me_clear (&self->call_me);
  if (self->tidy == 0)
    self->tidy = g_idle_add (on_tidy, self);
}

guint
oh_snom_listener_get_n_refused (OhSnomListener *self)
{
  return self->n_refused;
}
