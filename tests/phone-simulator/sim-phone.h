/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-actions.h"
#include "sim-auth.h"
#include "sim-calls.h"
#include "sim-certificate.h"
#include "sim-http.h"
#include "sim-personality.h"

G_BEGIN_DECLS

typedef struct _SimKeys SimKeys;
typedef struct _SimPages SimPages;
typedef struct _SimSip SimSip;
typedef struct _SimCsta SimCsta;

/* Requests that "dump" remembers. */
#define SIM_REQUEST_LOG_MAX 200

/**
 * SimPhone:
 *
 * Composition root: the parts of one phone. Each part has its own file; what a request, a key or
 * the control channel does to several of them is in sim-phone.c.
 */
typedef struct
{
  const SimPersonality *kind;
  SimClock *clock;
  SimKnobs *knobs;
  SimSettings *settings;
  SimLockout *lockout;
  SimAuth *auth;
  SimActions *actions;
  SimCalls *calls;
  SimKeys *keys;
  SimPages *pages;
  SimHttp *http;
  SimSip *sip;
  SimCsta *csta;
  SimCertificate *certificate; /* (owned) (nullable) until it listens */
  char *address;               /* (owned): where it listens */
  char *provisioning;          /* (owned) (nullable): read at boot */
  char *booted_webserver;      /* (owned): webserver_type counts only from boot */
  GQueue *requests;            /* (owned) (element-type JsonObject): the latest */
  char *fail_next;             /* (owned) (nullable): what the next request suffers */
  char *last_number;           /* (owned): for redial */
  const char *longpress_key;   /* while its event is told */
  guint context_identity;      /* the one that logs on or off, while its event is told */
  guint alarm;                 /* of a reboot */
} SimPhone;

SimPhone *sim_phone_new (const SimPersonality *kind);
void sim_phone_free (SimPhone *self);

/**
 * sim_phone_set:
 * @name: a knob, or a setting of the phone, which goes to flash past all permissions
 *
 * Returns: FALSE with @error for a value that a knob does not have
 */
gboolean sim_phone_set (SimPhone *self, const char *name, const char *value, GError **error);

/**
 * sim_phone_boot:
 *
 * Listens as webserver_type says and reports that it is up.
 */
gboolean sim_phone_boot (SimPhone *self, GError **error);

/**
 * sim_phone_provision:
 *
 * Reads the provisioning file, if there is one.
 */
gboolean sim_phone_provision (SimPhone *self, GError **error);

/**
 * sim_phone_reboot:
 * @cut: the power is cut, RAM is lost; otherwise the settings are stored first
 */
void sim_phone_reboot (SimPhone *self, gboolean cut);

/**
 * sim_phone_reset:
 *
 * Factory settings, then a reboot.
 */
void sim_phone_reset (SimPhone *self);

/**
 * sim_phone_dial:
 * @uri: (nullable): user@host of the identity to use
 *
 * Nothing happens, and nobody is told but the test, when the keyboard is locked, the identity is
 * not registered, or sim_calls_dial() refuses.
 */
gboolean sim_phone_dial (SimPhone *self, const char *number, const char *uri);

/**
 * sim_phone_ring:
 *
 * Returns: FALSE when the phone does not ring: DND, forwarding, too many calls
 */
gboolean sim_phone_ring (SimPhone *self, const char *number, const char *name);

/**
 * sim_phone_tell:
 * @call: (nullable)
 *
 * Fires an action URL with the variables of @call.
 */
void sim_phone_tell (SimPhone *self, SimEvent event, SimCall *call, gint64 later_ms);

/**
 * sim_phone_register:
 * @on: register anew, or log off
 *
 * The registrar takes an identity when user_activeN is on and user_passN is what the knob
 * sip-password says.
 */
void sim_phone_register (SimPhone *self, guint identity, gboolean on);

/**
 * sim_phone_active_identity:
 *
 * Returns: the identity that dials when none is named, from 1
 */
guint sim_phone_active_identity (SimPhone *self);

/**
 * sim_phone_note:
 *
 * Reports a refusal that the phone itself keeps to itself.
 */
void sim_phone_note (SimPhone *self, const char *event, const char *what, const char *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimPhone, sim_phone_free)

G_END_DECLS
