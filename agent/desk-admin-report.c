/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-admin-report.h"

#include <glib/gi18n-lib.h>

GPtrArray *
oh_desk_report_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
}

static void
add (GPtrArray *report, OhFindingSeverity severity, const char *code, const char *title,
     const char *remedy)
{
  g_ptr_array_add (report, oh_finding_new (severity, code, title, NULL, remedy, 0));
}

void
oh_desk_report_cautions (GPtrArray *report, const OhPhoneAdminView *view)
{
  g_autofree char *provisioned =
    g_strdup_printf (_ ("The phone is provisioned (its setting “%s”): the next resync takes back "
                        "what is changed here."),
                     view->provisioned_by != NULL ? view->provisioned_by : "");

  if ((view->cautions & OH_PHONE_CAUTION_PROVISIONED) != 0)
    add (report, OH_FINDING_WARNING, "provisioned", provisioned,
         _ ("Have the same set where the phone is provisioned, or flag the settings “!” there."));
  if ((view->cautions & OH_PHONE_CAUTION_NEVER_STORED) != 0)
    add (report, OH_FINDING_WARNING, "never-stored",
         _ ("The phone keeps no change beyond its next restart."),
         _ ("Switch its setting “disable_storing_changes” off."));
  if ((view->cautions & OH_PHONE_CAUTION_OPEN) != 0)
    add (report, OH_FINDING_WARNING, "open",
         _ ("The phone has no password: anybody on the network can use it."), _ ("Give it one."));
  if ((view->cautions & OH_PHONE_CAUTION_NO_COMMANDS) != 0)
    add (report, OH_FINDING_WARNING, "no-commands",
         _ ("The phone takes settings, but no commands."),
         _ ("Switch “use_hidden_tags” and “restrict_uri_queries” off to dial from here."));
  if (!view->digest && view->user[0] != '\0')
    add (report, OH_FINDING_INFO, "plain-login",
         _ ("The phone's login sends the password itself; it is used over TLS only."),
         _ ("Switch its setting “http_scheme” on."));
}

void
oh_desk_report_login (GPtrArray *report, OhPhoneLoginKind kind, gboolean kept)
{
  if (kind == OH_PHONE_LOGIN_USER)
    add (report, OH_FINDING_OK, "login-changed",
         _ ("The phone has let us in with the new password, which is in the keyring."), NULL);
  else
    add (report, OH_FINDING_INFO, "login-unverified",
         _ ("The phone took the new password, which is in the keyring. It shows no passwords, so "
            "nothing confirms it."),
         _ ("Try it once at the phone."));
  if (!kept)
    add (report, OH_FINDING_WARNING, "not-stored",
         _ ("The phone was not told to keep it; its next restart may bring the old one back."),
         _ ("Press “Save” on its web page, or change the password again."));
}

void
oh_desk_report_web_login (GPtrArray *report, const char *user)
{
  g_autofree char *title =
    g_strdup_printf (_ ("A password was set for the phone's web page first (user name “%s”): "
                        "without one, this firmware makes the account's password that of its web "
                        "page, a wrong one, too, and only a factory reset helps then."),
                     user);

  add (report, OH_FINDING_INFO, "web-login-first", title, NULL);
}

const char *
oh_desk_report_account (GPtrArray *report, const OhPhoneAccount *account, OhAccountVerdict verdict)
{
  g_autofree char *title = NULL;

  switch (verdict)
    {
    case OH_ACCOUNT_CHANGE_REGISTERED:
      title = g_strdup_printf (_ ("Account %u is registered as %s@%s."), account->number,
                               account->name, account->host);
      add (report, OH_FINDING_OK, "account-registered", title, NULL);
      return "registered";
    case OH_ACCOUNT_CHANGE_REFUSED:
      title = g_strdup_printf (_ ("Account %u is set, but %s@%s could not be registered."),
                               account->number, account->name, account->host);
      add (report, OH_FINDING_ERROR, "account-refused", title,
           _ ("Check user name, authentication name (DOMAIN\\user, user@domain or user), password "
              "and outbound proxy."));
      return "refused";
    case OH_ACCOUNT_CHANGE_UNKNOWN:
    case OH_ACCOUNT_CHANGE_FAILED:
    default:
      title = g_strdup_printf (_ ("Account %u is set; the phone has not told whether %s@%s is "
                                  "registered."),
                               account->number, account->name, account->host);
      add (report, OH_FINDING_WARNING, "account-unknown", title,
           _ ("Look at the phone's display."));
      return "unknown";
    }
}

const char *
oh_desk_login_step (OhLoginState state, const char **text)
{
  switch (state)
    {
    case OH_LOGIN_STORING: *text = _ ("Putting the new password into the keyring…"); return "store";
    case OH_LOGIN_WRITING: *text = _ ("Writing it to the phone…"); return "write";
    case OH_LOGIN_TRYING_NEW: *text = _ ("Logging in with the new password…"); return "try-new";
    case OH_LOGIN_TRYING_OLD:
      *text = _ ("It was refused; logging in with the old one…");
      return "try-old";
    case OH_LOGIN_KEEPING: *text = _ ("Having it kept…"); return "keep";
    case OH_LOGIN_SETTLED:
    case OH_LOGIN_LOOKING:
    case OH_LOGIN_FORGETTING:
    case OH_N_LOGIN_STATES:
    default: return NULL;
    }
}

const char *
oh_desk_account_step (OhAccountStep step, const char **text)
{
  switch (step)
    {
    case OH_ACCOUNT_STEP_WRITE: *text = _ ("Writing the account to the phone…"); return "write";
    case OH_ACCOUNT_STEP_KEEP: *text = _ ("Having it kept…"); return "keep";
    case OH_ACCOUNT_STEP_REGISTER: *text = _ ("Having the phone register…"); return "register";
    case OH_ACCOUNT_STEP_WAIT:
    default: *text = _ ("Waiting for the phone to tell…"); return "wait";
    }
}
