/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "error.h"

#include <glib/gi18n-lib.h>

/* Exit statuses of the command line, a promise to scripts. */
enum
{
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
  EXIT_SIGN_IN = 3,
  EXIT_UNREACHABLE = 4,
  EXIT_UNTRUSTED = 5,
  EXIT_BAD_NUMBER = 6,
  EXIT_PHONE_REFUSED = 7,
  EXIT_OUTCOME_UNKNOWN = 8,
};

/* clang-format off */
static const struct
{
  GDBusErrorEntry entry;
  const char *word;
  int exit_status;
  const char *advice;
} codes[] = {
#define CODE(code, name) { OH_ERROR_##code, "org.offhook.Error." name }
  { CODE (FAILED, "Failed"), "failed", EXIT_FAILED, "" },
  { CODE (USAGE, "Usage"), "usage", EXIT_USAGE, N_("Correct the command or its argument.") },
  { CODE (SIGN_IN, "SignIn"), "credentials-rejected", EXIT_SIGN_IN,
    N_("Enter the user name and the password again.") },
  { CODE (PASSWORD_EXPIRED, "PasswordExpired"), "password-expired", EXIT_SIGN_IN,
    N_("Change your password where you sign in to your computer, then enter the new one here.") },
  { CODE (ACCOUNT, "Account"), "account-refused", EXIT_SIGN_IN,
    N_("Ask the administrator to unlock, enable or prolong the account.") },
  { CODE (NOT_SIGNED_IN, "NotSignedIn"), "not-signed-in", EXIT_SIGN_IN, N_("Sign in first.") },
  { CODE (TICKET, "Ticket"), "ticket-missing", EXIT_SIGN_IN,
    N_("Lock and unlock the screen to renew the Kerberos ticket, or store your password.") },
  { CODE (CLOCK, "Clock"), "clock-skew", EXIT_SIGN_IN,
    N_("Set the clock of this computer; Kerberos allows five minutes of difference.") },
  { CODE (MECHANISM, "Mechanism"), "mechanism-unavailable", EXIT_SIGN_IN,
    N_("Ask the administrator to allow a sign-in scheme that both ends have.") },
  { CODE (UNREACHABLE, "Unreachable"), "unreachable", EXIT_UNREACHABLE,
    N_("Check the network connection, the name and the port.") },
  { CODE (UNTRUSTED, "Untrusted"), "certificate-untrusted", EXIT_UNTRUSTED,
    N_("Do what the message names, or ask the administrator; compare the fingerprint of a "
       "certificate before you trust it.") },
  { CODE (BAD_NUMBER, "BadNumber"), "not-a-number", EXIT_BAD_NUMBER, N_("Correct the number.") },
  { CODE (CONFIRM, "Confirm"), "confirmation-needed", EXIT_FAILED,
    N_("Say yes to what was asked, or leave it.") },
  { CODE (LOCKED, "Locked"), "screen-locked", EXIT_FAILED, N_("Unlock the screen first.") },
  { CODE (NO_PHONE, "NoPhone"), "no-phone", EXIT_FAILED,
    N_("Add your phone with “offhook phone add”, or name one that exists.") },
  { CODE (CHOOSE_PHONE, "ChoosePhone"), "choose-phone", EXIT_USAGE,
    N_("Name it with “--phone ID”, or make one the default (setting “default-phone”).") },
  { CODE (NO_CALL, "NoCall"), "no-call", EXIT_FAILED, N_("There is no such call any more.") },
  { CODE (BUSY, "Busy"), "busy", EXIT_PHONE_REFUSED, N_("End or hold the present call first.") },
  { CODE (PHONE_LOGIN, "PhoneLogin"), "phone-login-refused", EXIT_PHONE_REFUSED,
    N_("Store the phone's own user name and password with “offhook password phone”.") },
  { CODE (PHONE_LOCKED_OUT, "PhoneLockedOut"), "phone-locked-out", EXIT_PHONE_REFUSED,
    N_("Wait until the phone accepts logins again, then store the right password.") },
  { CODE (PHONE_REFUSED, "PhoneRefused"), "phone-refused", EXIT_PHONE_REFUSED,
    N_("Change the setting of the phone that the message names.") },
  { CODE (UNSUPPORTED, "Unsupported"), "unsupported", EXIT_PHONE_REFUSED,
    N_("Use another phone or another function; this one cannot do it.") },
  { CODE (OUTCOME_UNKNOWN, "OutcomeUnknown"), "outcome-unknown", EXIT_OUTCOME_UNKNOWN,
    N_("Look at the phone: the request was sent, but nothing confirmed it.") },
  { CODE (PROTOCOL, "Protocol"), "protocol-error", EXIT_FAILED,
    N_("Report this to the administrator together with the log.") },
  { CODE (CONFLICT, "Conflict"), "conflict", EXIT_FAILED,
    N_("Another program changed the same thing; try again.") },
  { CODE (SECRETS, "Secrets"), "secret-store", EXIT_FAILED,
    N_("Unlock the keyring, or install one.") },
  { CODE (SETTINGS, "Settings"), "settings", EXIT_FAILED,
    N_("Ask the administrator: this setting is locked or its value cannot be used.") },
  { CODE (CANCELLED, "Cancelled"), "cancelled", EXIT_FAILED, "" },
#undef CODE
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == OH_N_ERRORS);

static void
register_bus_names (GQuark domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_dbus_error_register_error (domain, codes[i].entry.error_code, codes[i].entry.dbus_error_name);
}

GQuark
oh_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    {
      GQuark domain = g_quark_from_static_string ("oh-error-quark");

      register_bus_names (domain);
      g_once_init_leave (&quark, domain);
    }
  return quark;
}

const char *
oh_error_code_word (OhError code)
{
  g_return_val_if_fail (code < OH_N_ERRORS, "failed");
  return codes[code].word;
}

const char *
oh_error_advice (OhError code)
{
  g_return_val_if_fail (code < OH_N_ERRORS, "");
  return codes[code].advice[0] != '\0' ? _ (codes[code].advice) : "";
}

gboolean
oh_error_is_refusal (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_SIGN_IN) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_PASSWORD_EXPIRED) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_ACCOUNT);
}

int
oh_error_exit_status (const GError *error)
{
  if (error == NULL)
    return EXIT_DONE;
  if (error->domain == OH_ERROR && error->code >= 0 && error->code < OH_N_ERRORS)
    return codes[error->code].exit_status;
  return EXIT_FAILED;
}

static OhError
from_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED: return OH_ERROR_CANCELLED;
    case G_IO_ERROR_NOT_SUPPORTED: return OH_ERROR_UNSUPPORTED;
    case G_IO_ERROR_INVALID_ARGUMENT: return OH_ERROR_USAGE;
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PARTIAL_INPUT: return OH_ERROR_UNREACHABLE;
    default: return OH_ERROR_FAILED;
    }
}

static OhError
from_tls (int code)
{
  switch (code)
    {
    case G_TLS_ERROR_BAD_CERTIFICATE:
    case G_TLS_ERROR_BAD_CERTIFICATE_PASSWORD: return OH_ERROR_UNTRUSTED;
    case G_TLS_ERROR_UNAVAILABLE: return OH_ERROR_UNSUPPORTED;
    default: return OH_ERROR_UNREACHABLE; /* no TLS there, cut off, or no common version */
    }
}

OhError
oh_error_code_from_foreign (const GError *error)
{
  if (error->domain == OH_ERROR)
    return error->code;
  if (error->domain == G_IO_ERROR)
    return from_io (error->code);
  if (error->domain == G_TLS_ERROR)
    return from_tls (error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return OH_ERROR_UNREACHABLE;
  return OH_ERROR_FAILED;
}

void
oh_error_adopt (GError **error, const char *format, ...)
{
  g_autofree char *context = NULL;
  g_autoptr (GError) foreign = NULL;
  va_list args;

  if (error == NULL || *error == NULL)
    return;
  va_start (args, format);
  context = g_strdup_vprintf (format, args);
  va_end (args);
  foreign = g_steal_pointer (error);
  *error = g_error_new (OH_ERROR, oh_error_code_from_foreign (foreign), "%s: %s", context,
                        foreign->message);
}

void
oh_error_strip_remote (GError **error)
{
  (void) OH_ERROR; /* the names must be known before GDBus can map them back */
  if (error != NULL && *error != NULL)
    g_dbus_error_strip_remote_error (*error);
}
