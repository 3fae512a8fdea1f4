/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-calls.h"
#include "csta-digest.h"
#include "csta-phone.h"
#include "csta-session.h"
#include "phone-tls.h"

G_BEGIN_DECLS

/* Shared by the files of OhCstaPhone: the line, what it is told, what it is asked. */

/**
 * OhCstaConnector:
 * @connect: as oh_sip_transport_connect_async()
 * @finish: gives the connected transport
 *
 * Where lines come from; tests have their own.
 */
typedef struct
{
  void (*connect) (OhCstaPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                   gpointer user_data);
  OhSipTransport *(*finish) (OhCstaPhone *self, GAsyncResult *result, GError **error);
} OhCstaConnector;

struct _OhCstaPhone
{
  OhPhone parent_instance;

  const OhCstaConnector *connector; /* static */
  char *name;                       /* host without port, brackets or scheme */
  gboolean plain;
  guint16 port;
  char *identity; /* (nullable): "user@host" */
  char *user;     /* (nullable): of the login; the identity's user goes before */
  char *password; /* (nullable): wiped */
  OhPhoneTls *tls;
  OhCstaDigest *digest;
  OhCstaCalls *calls;

  OhCstaSession *session;   /* (owned) (nullable): open, or being opened */
  GCancellable *connecting; /* (owned) (nullable) */
  GQueue probes;            /* GTask: everybody who waits for the line */
  char *device;             /* (nullable): who we are at the phone: "sip:440@pbx.example" */
  gboolean watch_wanted;
  char *monitor;    /* (nullable): the phone's name of our monitor */
  gboolean looking; /* a snapshot is under way */
  guint alarm;
  guint n_retries;
};

/**
 * oh_csta_phone_note_error:
 * @self: a phone
 * @error: why nothing came of it
 *
 * Moves the phone to the state that the error stands for, if any.
 */
void oh_csta_phone_note_error (OhCstaPhone *self, const GError *error);

/**
 * oh_csta_phone_login_changed:
 * @self: a phone
 *
 * Gives the guard what login and identity make together.
 */
void oh_csta_phone_login_changed (OhCstaPhone *self);

/**
 * oh_csta_phone_look:
 * @self: a phone with a line
 *
 * Looks how its calls stand, and tells it.
 */
void oh_csta_phone_look (OhCstaPhone *self);

/**
 * oh_csta_phone_take_event:
 * @self: a phone
 * @event: what it told
 */
void oh_csta_phone_take_event (OhCstaPhone *self, const OhCstaDocument *event);

/**
 * oh_csta_watch_install:
 * @class: gets the functions that watch and unwatch
 */
void oh_csta_watch_install (OhPhoneClass *class);

/**
 * oh_csta_errand_install:
 * @class: gets the functions that send
 */
void oh_csta_errand_install (OhPhoneClass *class);

G_END_DECLS
