/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "registration-state.h"

#include <glib/gi18n-lib.h>

#include "error.h"

#define BIT(state) (1u << (state))

static const GEnumValue state_values[] = {
  { OH_REGISTRATION_OFFLINE, "OH_REGISTRATION_OFFLINE", "offline" },
  { OH_REGISTRATION_CONNECTING, "OH_REGISTRATION_CONNECTING", "connecting" },
  { OH_REGISTRATION_SIGNING_IN, "OH_REGISTRATION_SIGNING_IN", "signing-in" },
  { OH_REGISTRATION_ONLINE, "OH_REGISTRATION_ONLINE", "online" },
  { OH_REGISTRATION_WAITING, "OH_REGISTRATION_WAITING", "waiting" },
  { OH_REGISTRATION_FAILED, "OH_REGISTRATION_FAILED", "failed" },
  { 0, NULL, NULL },
};

static const guint may_follow[OH_REGISTRATION_N_STATES] = {
  [OH_REGISTRATION_OFFLINE] = BIT (OH_REGISTRATION_CONNECTING) | BIT (OH_REGISTRATION_FAILED),
  [OH_REGISTRATION_CONNECTING] = BIT (OH_REGISTRATION_SIGNING_IN) | BIT (OH_REGISTRATION_WAITING) |
                                 BIT (OH_REGISTRATION_FAILED) | BIT (OH_REGISTRATION_OFFLINE),
  [OH_REGISTRATION_SIGNING_IN] = BIT (OH_REGISTRATION_ONLINE) | BIT (OH_REGISTRATION_CONNECTING) |
                                 BIT (OH_REGISTRATION_WAITING) | BIT (OH_REGISTRATION_FAILED) |
                                 BIT (OH_REGISTRATION_OFFLINE),
  [OH_REGISTRATION_ONLINE] = BIT (OH_REGISTRATION_CONNECTING) | BIT (OH_REGISTRATION_WAITING) |
                             BIT (OH_REGISTRATION_FAILED) | BIT (OH_REGISTRATION_OFFLINE),
  [OH_REGISTRATION_WAITING] =
    BIT (OH_REGISTRATION_CONNECTING) | BIT (OH_REGISTRATION_FAILED) | BIT (OH_REGISTRATION_OFFLINE),
  [OH_REGISTRATION_FAILED] = BIT (OH_REGISTRATION_CONNECTING) | BIT (OH_REGISTRATION_OFFLINE),
};

GType
oh_registration_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OhRegistrationState", state_values));
  return type;
}

const char *
oh_registration_state_word (OhRegistrationState state)
{
  g_return_val_if_fail (state < OH_REGISTRATION_N_STATES, "?");
  return state_values[state].value_nick;
}

gboolean
oh_registration_state_may_become (OhRegistrationState from, OhRegistrationState to)
{
  return to == from || (may_follow[from] & BIT (to)) != 0;
}

const char *
oh_registration_mechanism_word (OhAuthScheme scheme)
{
  static const char *const words[OH_AUTH_N_SCHEMES] = {
    [OH_AUTH_SCHEME_KERBEROS] = "kerberos",
    [OH_AUTH_SCHEME_NTLM] = "ntlm",
  };

  return scheme < OH_AUTH_N_SCHEMES ? words[scheme] : NULL;
}

char *
oh_registration_state_describe (OhRegistrationState state, const GError *reason)
{
  static const char *const texts[OH_REGISTRATION_N_STATES] = {
    [OH_REGISTRATION_OFFLINE] = N_ ("Signed out."),
    [OH_REGISTRATION_CONNECTING] = N_ ("Connecting…"),
    [OH_REGISTRATION_SIGNING_IN] = N_ ("Signing in…"),
    [OH_REGISTRATION_ONLINE] = N_ ("Signed in."),
    [OH_REGISTRATION_WAITING] = N_ ("Not signed in; trying again."),
    [OH_REGISTRATION_FAILED] = N_ ("Not signed in."),
  };
  const char *advice;

  if (reason == NULL)
    return g_strdup (_ (texts[state]));
  advice = oh_error_advice (reason->code);
  return g_strdup_printf ("%s %s%s%s", _ (texts[state]), reason->message,
                          advice[0] != '\0' ? " " : "", advice);
}
