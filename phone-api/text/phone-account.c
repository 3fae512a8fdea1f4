/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-account.h"
#include "secret-text.h"

#include <string.h>

static const char *const login_words[OH_N_PHONE_LOGINS] = {
  [OH_PHONE_LOGIN_USER] = "user",
  [OH_PHONE_LOGIN_ADMIN] = "admin",
  [OH_PHONE_LOGIN_SERVICE] = "service",
};

static const char *const crypt_words[] = {
  [OH_PHONE_CRYPT_KEEP] = "keep",
  [OH_PHONE_CRYPT_OFF] = "off",
  [OH_PHONE_CRYPT_OPTIONAL] = "optional",
  [OH_PHONE_CRYPT_MANDATORY] = "mandatory",
};

static gboolean
find_word (const char *const *words, guint n, const char *word, guint *out)
{
  for (guint i = 0; word != NULL && i < n; i++)
    if (g_str_equal (words[i], word))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

const char *
oh_phone_login_word (OhPhoneLoginKind kind)
{
  g_return_val_if_fail (kind < OH_N_PHONE_LOGINS, "");
  return login_words[kind];
}

gboolean
oh_phone_login_parse (const char *word, OhPhoneLoginKind *out)
{
  return find_word (login_words, G_N_ELEMENTS (login_words), word, out);
}

gboolean
oh_phone_crypt_parse (const char *word, OhPhoneCrypt *out)
{
  return find_word (crypt_words, G_N_ELEMENTS (crypt_words), word, out);
}

OhPhoneAccount *
oh_phone_account_copy (const OhPhoneAccount *account)
{
  OhPhoneAccount *copy = g_new0 (OhPhoneAccount, 1);

  copy->number = account->number;
  copy->name = g_strdup (account->name);
  copy->host = g_strdup (account->host);
  copy->outbound = g_strdup (account->outbound);
  copy->login = g_strdup (account->login);
  copy->display = g_strdup (account->display);
  copy->password = oh_secret_dup (account->password);
  copy->crypt = account->crypt;
  return copy;
}

void
oh_phone_account_free (OhPhoneAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->name);
  g_free (account->host);
  g_free (account->outbound);
  g_free (account->login);
  g_free (account->display);
  oh_secret_free (account->password);
  g_free (account);
}

/* A line break in a value would begin another setting in what the phone exports. */
static gboolean
is_line (const char *text, gsize max)
{
  if (strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

static gboolean
is_word (const char *text)
{
  return is_line (text, OH_PHONE_FIELD_MAX) && strpbrk (text, " <>\"&") == NULL;
}

static gboolean
is_plain_word (const char *text)
{
  return is_word (text) && *text != '\0' && strpbrk (text, "@;/\\") == NULL;
}

const char *
oh_phone_account_flaw (const OhPhoneAccount *account)
{
  if (account->number < 1 || account->number > OH_PHONE_ACCOUNTS_MAX)
    return "number";
  if (account->name != NULL && !is_plain_word (account->name))
    return "name";
  if (account->host != NULL && !is_plain_word (account->host))
    return "host";
  if (account->outbound != NULL && !is_word (account->outbound))
    return "outbound";
  if (account->login != NULL && !is_word (account->login))
    return "login";
  if (account->display != NULL && !is_line (account->display, OH_PHONE_FIELD_MAX))
    return "display";
  if (account->password != NULL && !is_line (account->password, OH_PHONE_PASSWORD_MAX))
    return "password";
  return NULL;
}

gboolean
oh_phone_account_is (const OhPhoneAccount *account, const char *address)
{
  gsize name_len = strlen (account->name);
  const char *host;

  if (address == NULL)
    return FALSE;
  if (g_ascii_strncasecmp (address, "sip:", 4) == 0)
    address += 4;
  else if (g_ascii_strncasecmp (address, "sips:", 5) == 0)
    address += 5;
  if (strncmp (address, account->name, name_len) != 0 || address[name_len] != '@')
    return FALSE;
  host = address + name_len + 1;
  return strcspn (host, ";:?>") == strlen (account->host) &&
         g_ascii_strncasecmp (host, account->host, strlen (account->host)) == 0;
}

const char *
oh_phone_password_flaw (const char *user, const char *password)
{
  if (user != NULL &&
      (*user == '\0' || strchr (user, ':') != NULL || !is_line (user, OH_PHONE_FIELD_MAX)))
    return "user";
  if (*password == '\0' || !is_line (password, OH_PHONE_PASSWORD_MAX))
    return "password";
  return NULL;
}

void
oh_phone_admin_view_free (OhPhoneAdminView *view)
{
  if (view == NULL)
    return;
  g_free (view->user);
  g_free (view->provisioned_by);
  for (guint i = 0; i < OH_N_PHONE_LOGINS; i++)
    g_free (view->blocked[i]);
  g_ptr_array_unref (view->accounts);
  g_free (view);
}

const OhPhoneAccount *
oh_phone_admin_view_find (const OhPhoneAdminView *view, guint number)
{
  for (guint i = 0; i < view->accounts->len; i++)
    {
      const OhPhoneAccount *account = g_ptr_array_index (view->accounts, i);

      if (account->number == number)
        return account;
    }
  return NULL;
}
