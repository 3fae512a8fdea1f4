/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tray-model.h"

#include <string.h>

#include "fold.h"

/* clang-format off */
static const char *const endpoint_words[] = {
  [OH_TRAY_ENDPOINT_OFFLINE] = "offline",
  [OH_TRAY_ENDPOINT_CONNECTING] = "connecting",
  [OH_TRAY_ENDPOINT_SIGNING_IN] = "signing-in",
  [OH_TRAY_ENDPOINT_ONLINE] = "online",
  [OH_TRAY_ENDPOINT_WAITING] = "waiting",
  [OH_TRAY_ENDPOINT_FAILED] = "failed",
};

static const char *const availability_words[] = {
  [OH_TRAY_AVAILABLE] = "available",
  [OH_TRAY_BUSY] = "busy",
  [OH_TRAY_DND] = "dnd",
  [OH_TRAY_IDLE] = "idle",
  [OH_TRAY_BRB] = "brb",
  [OH_TRAY_AWAY] = "away",
  [OH_TRAY_OFF_WORK] = "off-work",
  [OH_TRAY_OFFLINE] = "offline",
  [OH_TRAY_UNKNOWN] = "unknown",
};

static const char *const phone_words[] = {
  [OH_TRAY_PHONE_UNKNOWN] = "unknown",
  [OH_TRAY_PHONE_READY] = "ready",
  [OH_TRAY_PHONE_UNREACHABLE] = "unreachable",
  [OH_TRAY_PHONE_UNTRUSTED] = "untrusted",
  [OH_TRAY_PHONE_UNAUTHORIZED] = "unauthorized",
  [OH_TRAY_PHONE_LOCKED_OUT] = "locked-out",
  [OH_TRAY_PHONE_UNSUPPORTED] = "unsupported",
};

static const char *const call_words[] = {
  [OH_TRAY_CALL_DIALING] = "dialing",
  [OH_TRAY_CALL_RINGING] = "ringing",
  [OH_TRAY_CALL_INCOMING] = "incoming",
  [OH_TRAY_CALL_CONNECTED] = "connected",
  [OH_TRAY_CALL_HELD] = "held",
  [OH_TRAY_CALL_ENDED] = "ended",
  [OH_TRAY_CALL_UNKNOWN] = "unknown",
};
/* clang-format on */

static guint
find_word (const char *const *words, guint n_words, const char *word, guint otherwise)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return otherwise;
}

OhTrayEndpoint
oh_tray_endpoint_from_word (const char *word)
{
  return find_word (endpoint_words, G_N_ELEMENTS (endpoint_words), word, OH_TRAY_ENDPOINT_OFFLINE);
}

OhTrayAvailability
oh_tray_availability_from_word (const char *word)
{
  return find_word (availability_words, G_N_ELEMENTS (availability_words), word, OH_TRAY_UNKNOWN);
}

const char *
oh_tray_availability_word (OhTrayAvailability self)
{
  g_return_val_if_fail (self < OH_TRAY_N_AVAILABILITIES, "unknown");
  return availability_words[self];
}

OhTrayPhoneState
oh_tray_phone_state_from_word (const char *word)
{
  return find_word (phone_words, G_N_ELEMENTS (phone_words), word, OH_TRAY_PHONE_UNKNOWN);
}

OhTrayCallState
oh_tray_call_state_from_word (const char *word)
{
  return find_word (call_words, G_N_ELEMENTS (call_words), word, OH_TRAY_CALL_UNKNOWN);
}

static void
number_free (gpointer data)
{
  OhTrayNumber *self = data;

  g_free (self->type);
  g_free (self->number);
  g_free (self->display);
  g_free (self);
}

/* "Müller" is found by "muller" and "MÜLL": decomposed, marks dropped, case folded. */
static char *
fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_utf8_casefold (bare->str, (gssize) bare->len);
}

/* The line end keeps a word from being found half in the name and half in the address. */
static void
add_to_search (OhTrayContact *self, const char *text)
{
  g_autofree char *folded = fold (text);

  g_string_append (self->search, folded);
  g_string_append_c (self->search, '\n');
}

/* "mueller" and "soren" find "Müller" and "Søren", as the agent's search does. */
static void
add_spellings (OhTrayContact *self, const char *name)
{
  g_autoptr (GPtrArray) words = oh_fold_words (name);

  for (guint i = 0; i < words->len; i++)
    {
      const OhFoldedWord *word = g_ptr_array_index (words, i);

      g_string_append_printf (self->search, "%s\n", word->base);
      if (word->spelt != NULL)
        g_string_append_printf (self->search, "%s\n", word->spelt);
    }
}

OhTrayContact *
oh_tray_contact_new (const char *uri, const char *name)
{
  OhTrayContact *self = g_rc_box_new0 (OhTrayContact);

  self->uri = g_utf8_make_valid (uri, -1);
  self->name = g_utf8_make_valid (name != NULL ? name : "", -1);
  self->activity = g_strdup ("");
  self->note = g_strdup ("");
  self->availability = OH_TRAY_UNKNOWN;
  self->numbers = g_ptr_array_new_with_free_func (number_free);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  self->sort_key = g_utf8_collate_key (self->name[0] != '\0' ? self->name : self->uri, -1);
  self->search = g_string_new (NULL);
  add_to_search (self, self->name);
  add_spellings (self, self->name);
  add_to_search (self, self->uri);
  return self;
}

void
oh_tray_contact_add_group (OhTrayContact *self, const char *name)
{
  g_ptr_array_add (self->groups, g_ref_string_new_intern (name));
  self->favourite |= oh_tray_is_favourite_group (name);
}

OhTrayContact *
oh_tray_contact_ref (OhTrayContact *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_contact (gpointer data)
{
  OhTrayContact *self = data;

  g_free (self->uri);
  g_free (self->name);
  g_free (self->activity);
  g_free (self->note);
  g_free (self->address);
  g_free (self->sort_key);
  g_string_free (self->search, TRUE);
  g_ptr_array_unref (self->numbers);
  g_ptr_array_unref (self->groups);
}

void
oh_tray_contact_unref (OhTrayContact *self)
{
  g_rc_box_release_full (self, clear_contact);
}

void
oh_tray_contact_set_presence (OhTrayContact *self, const char *presence, const char *note)
{
  g_auto (GStrv) parts = g_strsplit (presence, "/", 2);

  self->availability = oh_tray_availability_from_word (parts[0]);
  g_free (self->activity);
  self->activity = g_strdup (parts[0] != NULL && parts[1] != NULL ? parts[1] : "");
  g_free (self->note);
  self->note = g_strdup (note != NULL ? note : "");
}

void
oh_tray_contact_add_number (OhTrayContact *self, const char *type, const char *number,
                            const char *display)
{
  OhTrayNumber *added = g_new0 (OhTrayNumber, 1);

  added->type = g_strdup (type);
  added->number = g_strdup (number);
  added->display = g_strdup (display != NULL && display[0] != '\0' ? display : number);
  g_ptr_array_add (self->numbers, added);
  add_to_search (self, number);
}

gboolean
oh_tray_is_favourite_group (const char *group)
{
  static const char *const names[] = { "favorites", "favourites", "pinned contacts" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (group, names[i]) == 0)
      return TRUE;
  return FALSE;
}

guint
oh_tray_abilities_from_words (const char *const *words)
{
  static const struct
  {
    const char *word;
    OhTrayAbility ability;
  } known[] = {
    { "hold", OH_TRAY_CAN_HOLD },         { "swap", OH_TRAY_CAN_SWAP },
    { "transfer", OH_TRAY_CAN_TRANSFER }, { "conference", OH_TRAY_CAN_CONFERENCE },
    { "mute", OH_TRAY_CAN_MUTE },         { "mute-toggles", OH_TRAY_MUTE_TOGGLES },
    { "dnd", OH_TRAY_CAN_DND },           { "forward", OH_TRAY_CAN_FORWARD },
  };
  guint can = 0;

  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_strv_contains (words, known[i].word))
      can |= known[i].ability;
  return words != NULL ? can : OH_TRAY_CAN_HOLD;
}

void
oh_tray_phone_free (OhTrayPhone *self)
{
  if (self == NULL)
    return;
  g_free (self->expiry);
  g_free (self->renewal);
  g_free (self->id);
  g_free (self->host);
  g_free (self->reason);
  g_free (self->advice);
  g_free (self->presented);
  g_free (self->forward);
  g_free (self->holder_kind);
  g_free (self->holder);
  g_free (self);
}

OhTrayCall *
oh_tray_call_copy (const OhTrayCall *self)
{
  OhTrayCall *copy = g_new0 (OhTrayCall, 1);

  copy->id = g_strdup (self->id);
  copy->phone = g_strdup (self->phone);
  copy->state = self->state;
  copy->number = g_strdup (self->number);
  copy->name = g_strdup (self->name);
  return copy;
}

void
oh_tray_call_free (OhTrayCall *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->phone);
  g_free (self->number);
  g_free (self->name);
  g_free (self);
}

OhTrayModel *
oh_tray_model_new (void)
{
  OhTrayModel *self = g_new0 (OhTrayModel, 1);

  self->phones = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_phone_free);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_call_free);
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  oh_tray_model_forget (self, OH_TRAY_AGENT_STARTING, NULL);
  return self;
}

void
oh_tray_model_forget (OhTrayModel *self, OhTrayAgent agent, const char *why)
{
  char **texts[] = { &self->reason, &self->advice,   &self->uri,
                     &self->server, &self->activity, &self->note };

  self->agent = agent;
  g_free (self->agent_error);
  self->agent_error = g_strdup (why);
  self->endpoint = OH_TRAY_ENDPOINT_OFFLINE;
  self->availability = OH_TRAY_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup ("");
    }
  g_ptr_array_set_size (self->phones, 0);
  g_ptr_array_set_size (self->calls, 0);
  g_ptr_array_set_size (self->contacts, 0);
}

void
oh_tray_model_free (OhTrayModel *self)
{
  if (self == NULL)
    return;
  g_free (self->agent_error);
  g_free (self->reason);
  g_free (self->advice);
  g_free (self->uri);
  g_free (self->server);
  g_free (self->activity);
  g_free (self->note);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->contacts);
  g_free (self);
}

OhTrayCall *
oh_tray_model_find_call (OhTrayModel *self, const char *id)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      OhTrayCall *call = g_ptr_array_index (self->calls, i);

      if (g_strcmp0 (call->id, id) == 0)
        return call;
    }
  return NULL;
}

OhTrayPhone *
oh_tray_model_find_phone (OhTrayModel *self, const char *id)
{
  if (id == NULL || id[0] == '\0')
    return self->phones->len > 0 ? g_ptr_array_index (self->phones, 0) : NULL;
  for (guint i = 0; i < self->phones->len; i++)
    {
      OhTrayPhone *phone = g_ptr_array_index (self->phones, i);

      if (strcmp (phone->id, id) == 0)
        return phone;
    }
  return NULL;
}

int
oh_tray_contact_compare (gconstpointer a, gconstpointer b)
{
  const OhTrayContact *one = a, *other = b;
  int order;

  if (one->favourite != other->favourite)
    return one->favourite ? -1 : 1;
  if (one->availability != other->availability)
    return one->availability < other->availability ? -1 : 1;
  order = strcmp (one->sort_key, other->sort_key);
  return order != 0 ? order : strcmp (one->uri, other->uri);
}

/* "+49 (30) 1234-5" and "030 12345" are looked for as digits; the zero of the trunk does not stand
 * in the international form. */
static char *
as_digits (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (typed[strspn (typed, "+0123456789 ()-/.\t")] != '\0')
    return NULL;
  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len > 1 && digits->str[0] == '0' && digits->str[1] != '0')
    g_string_erase (digits, 0, 1);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

GStrv
oh_tray_query_new (const char *typed)
{
  g_autofree char *digits = as_digits (typed);
  g_autofree char *folded = fold (digits != NULL ? digits : typed);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

gboolean
oh_tray_contact_matches (const OhTrayContact *self, const char *const *query)
{
  for (gsize i = 0; query[i] != NULL; i++)
    if (strstr (self->search->str, query[i]) == NULL)
      return FALSE;
  return TRUE;
}
