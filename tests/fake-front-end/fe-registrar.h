/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-exchange.h"

G_BEGIN_DECLS

/**
 * FeEndpoint:
 * @aor: whose
 * @epid: which installation of theirs
 * @gruu: what the others call it
 * @contact: Contact header of its REGISTER
 * @from: From header of its REGISTER, with tag and epid
 * @call_id: of its registration
 * @cseq: ours, for requests to the registration itself
 * @connection: (owned): over which it is reached
 * @association: (owned) (nullable): with which it is signed for
 * @person: unowned: the user
 *
 * A registered endpoint.
 */
typedef struct
{
  char *aor;
  char *epid;
  char *gruu;
  char *contact;
  char *from;
  char *call_id;
  guint cseq;
  FeConnection *connection;
  FeAssociation *association;
  FePerson *person;
  /*< private >*/
  guint expiry_id;
  gpointer registrar;
} FeEndpoint;

/**
 * FeRegistrarFunc:
 * @endpoint: which
 * @is_registered: TRUE when it is new, FALSE before it is freed
 * @user_data: as given
 */
typedef void (*FeRegistrarFunc) (FeEndpoint *endpoint, gboolean is_registered, gpointer user_data);

/**
 * FeRegistrar:
 *
 * Who is registered, and where.
 */
typedef struct _FeRegistrar FeRegistrar;

/**
 * fe_registrar_new:
 * @wire: outlives it
 * @changed: called when an endpoint comes and when it goes
 * @user_data: for @changed
 *
 * Returns: (transfer full): nobody is registered
 */
FeRegistrar *fe_registrar_new (FeWire *wire, FeRegistrarFunc changed, gpointer user_data);

/**
 * fe_registrar_free:
 * @self: (transfer full) (nullable): drops everybody without a word
 */
void fe_registrar_free (FeRegistrar *self);

/**
 * fe_registrar_handle:
 * @self: the registrar
 * @exchange: a REGISTER of somebody who is who they say
 *
 * Registers, refreshes or removes, and answers.
 */
void fe_registrar_handle (FeRegistrar *self, const FeExchange *exchange);

/**
 * fe_registrar_find:
 * @self: the registrar
 * @aor: whose
 * @epid: (nullable): which; NULL for any
 *
 * Returns: (transfer none) (nullable): the endpoint
 */
FeEndpoint *fe_registrar_find (FeRegistrar *self, const char *aor, const char *epid);

/**
 * fe_registrar_list:
 * @self: the registrar
 *
 * Returns: (transfer none) (element-type FeEndpoint): all endpoints; valid until one goes
 */
GPtrArray *fe_registrar_list (FeRegistrar *self);

/**
 * fe_registrar_drop:
 * @self: the registrar
 * @endpoint: which; freed
 * @reason: for the event "deregistered"
 */
void fe_registrar_drop (FeRegistrar *self, FeEndpoint *endpoint, const char *reason);

/**
 * fe_registrar_drop_connection:
 * @self: the registrar
 * @connection: is closed; its endpoints go
 */
void fe_registrar_drop_connection (FeRegistrar *self, FeConnection *connection);

/**
 * fe_registrar_notify:
 * @self: the registrar
 * @endpoint: to whom
 * @word: "rejected", "unregistered" or "deactivated"
 * @diagnostics: (nullable): ms-diagnostics-public
 *
 * Signs the endpoint out from here ([MS-SIPREGE] 3.3): sends registration-notify and forgets it.
 */
void fe_registrar_notify (FeRegistrar *self, FeEndpoint *endpoint, const char *word,
                          const char *diagnostics);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeRegistrar, fe_registrar_free)

G_END_DECLS
