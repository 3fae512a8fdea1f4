/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who signs in where, with what. */

#include "doctor-run.h"

#include <string.h>

#include "endpoint.h"
#include "judge-server.h"
#include "secret-text.h"

static const char *
mechanism_word (OhConfigMechanism mechanism)
{
  switch (mechanism)
    {
    case OH_CONFIG_MECHANISM_KERBEROS: return "kerberos";
    case OH_CONFIG_MECHANISM_NTLM: return "ntlm";
    case OH_CONFIG_MECHANISM_AUTO:
    default: return "auto";
    }
}

static char *
server_text (const char *host, guint16 port)
{
  gboolean v6 = strchr (host, ':') != NULL;

  if (host[0] == '\0')
    return g_strdup ("");
  if (port == 0)
    return g_strdup_printf (v6 ? "[%s]" : "%s", host);
  return g_strdup_printf (v6 ? "[%s]:%u" : "%s:%u", host, port);
}

static OhMechanismChoice
choice_of (OhConfigMechanism mechanism)
{
  switch (mechanism)
    {
    case OH_CONFIG_MECHANISM_KERBEROS: return OH_MECHANISM_CHOICE_KERBEROS;
    case OH_CONFIG_MECHANISM_NTLM: return OH_MECHANISM_CHOICE_NTLM;
    case OH_CONFIG_MECHANISM_AUTO:
    default: return OH_MECHANISM_CHOICE_AUTO;
    }
}

static void
read_policy (OhDoctorRun *run)
{
  const OhConfigAccount *account = run->account;

  run->trust = (OhServerTrust){
    .domain = run->domain,
    .names =
      account->names == OH_CONFIG_NAMES_STRICT ? OH_SERVER_NAMES_STRICT : OH_SERVER_NAMES_RELAXED,
    .others = (const char *const *) account->trusted_domains,
  };
  run->schemes = (OhSchemePolicy){
    .choice = choice_of (account->mechanism),
    .allow_56_bit = account->allow_56_bit,
    .extended_protection = account->extended_protection,
  };
}

/* An endpoint beside the one that is signed in: a server keeps one registration for each. */
static void
read_account (OhDoctorRun *run)
{
  OhConfigAccount *account = oh_config_dup_account (run->parts->config);
  g_autofree char *seed = g_strconcat (run->parts->installation, "/doctor", NULL);
  const char *at = strrchr (account->uri, '@');

  run->account = account;
  run->domain = g_strdup (at != NULL ? at + 1 : "");
  run->server = server_text (account->server_host, account->server_port);
  run->outside = server_text (account->external_host, account->external_port);
  run->epid = oh_endpoint_make_epid (account->uri, seed);
  run->kerberos_wanted = account->mechanism != OH_CONFIG_MECHANISM_NTLM;
  run->ntlm_wanted = account->mechanism != OH_CONFIG_MECHANISM_KERBEROS &&
                     (run->parts->trouble == NULL || run->parts->trouble[0] == '\0');
  read_policy (run);
}

static gboolean
judge (OhDoctorRun *run, const GError *keyring)
{
  const OhConfigAccount *account = run->account;
  g_autofree char *locked = oh_config_dup_locked (run->parts->config);
  const OhSeenSettings seen = {
    .uri = account->uri,
    .login = account->login,
    .server = run->server,
    .mechanism = mechanism_word (account->mechanism),
    .ca_file = account->ca_file,
    .problem = account->problem != NULL ? account->problem->message : NULL,
    .locked = locked,
    .trouble = run->parts->trouble,
    .has_password = run->has_password,
    .keyring = keyring != NULL ? keyring->message : NULL,
  };

  return oh_judge_settings (&seen, run->findings);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhDoctorRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);

  run->has_password = password != NULL;
  oh_secret_free (password);
  g_task_return_boolean (task, judge (run, error));
}

void
oh_doctor_step_settings (OhDoctorRun *run, GTask *task)
{
  g_task_set_task_data (task, run, NULL);
  read_account (run);
  oh_secrets_lookup_async (run->parts->secrets, OH_SECRET_SIGN_IN, "",
                           g_task_get_cancellable (task), on_password, task);
}
