/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FePhone:
 * @type: "work", "mobile", "home" or "other"
 * @uri: "tel:+493012345678"
 * @display: as written on a business card
 */
typedef struct
{
  char *type;
  char *uri;
  char *display;
} FePhone;

/**
 * FeContact:
 * @aor: whom, "user@host"
 * @name: (nullable): what the owner calls them
 * @groups: (element-type uint): ids of the owner's groups
 */
typedef struct
{
  char *aor;
  char *name;
  GArray *groups;
} FeContact;

/**
 * FePerson:
 * @aor: "user@host", lower case
 * @name: display name
 * @logins: what the mechanisms may call them
 * @phones: (element-type FePhone): for the contact card
 * @groups: (element-type utf8) (nullable): names; the id is the index plus one, the first is "~";
 *   NULL for one that was removed
 * @contacts: (element-type FeContact): the contact list
 * @delta: version of the contact list
 * @forced_availability: what the tests say they are; 0 when their endpoints decide
 * @forced_activity: (nullable): activity token, with @forced_availability
 * @note: (nullable): personal note, from the file
 * @roster_conflicts: how many changes of the contact list will come too late
 * @contact_limit: people they may have in their contact list; 0 for any number
 * @conflicts: how many publishes will meet versions that are not what the client thinks
 *
 * Somebody with an account.
 */
typedef struct
{
  char *aor;
  char *name;
  GStrv logins;
  GPtrArray *phones;
  GPtrArray *groups;
  GPtrArray *contacts;
  guint delta;
  guint forced_availability;
  char *forced_activity;
  char *note;
  guint conflicts;
  guint roster_conflicts;
  guint contact_limit;
} FePerson;

/**
 * FePeople:
 *
 * Everybody with an account, in the order of the file.
 */
typedef struct _FePeople FePeople;

/**
 * fe_people_new:
 * @domain: SIP domain for the built-in people
 * @file: (nullable): key file, see --help; NULL for the built-in alice, bob and carol
 * @error: return location
 *
 * Returns: (transfer full): the people, NULL when the file cannot be read
 */
FePeople *fe_people_new (const char *domain, const char *file, GError **error);

/**
 * fe_people_free:
 * @self: (transfer full) (nullable): the people
 */
void fe_people_free (FePeople *self);

/**
 * fe_people_find:
 * @self: the people
 * @who: a URI, an address of record, or only the user part
 *
 * Returns: (transfer none) (nullable): the person
 */
FePerson *fe_people_find (FePeople *self, const char *who);

/**
 * fe_people_invent:
 * @self: the people
 * @domain: their domain
 * @owner: whose contact list gets them
 * @count: how many
 *
 * Makes a stress test's crowd: user00001 and so on, each with two or three phones, in forty groups.
 */
void fe_people_invent (FePeople *self, const char *domain, FePerson *owner, guint count);

/**
 * fe_person_is_login:
 * @self: a person
 * @login: what a mechanism says: "FABRIKAM\\alice", "alice@FABRIKAM.TEST"
 *
 * Returns: whether that account may act as this person
 */
gboolean fe_person_is_login (const FePerson *self, const char *login);

/**
 * fe_person_contact:
 * @self: a person
 * @aor: whom
 *
 * Returns: (transfer none) (nullable): the entry in their contact list
 */
FeContact *fe_person_contact (const FePerson *self, const char *aor);

/**
 * fe_person_add_contact:
 * @self: a person
 * @aor: whom
 *
 * Returns: (transfer none): the entry in their contact list, new or old, without groups when new
 */
FeContact *fe_person_add_contact (FePerson *self, const char *aor);

/**
 * fe_person_group:
 * @self: a person
 * @name: of the group
 *
 * Returns: its id, made when it was not there
 */
guint fe_person_group (FePerson *self, const char *name);

/**
 * fe_availability_from_word:
 * @word: "available", "busy", "dnd", "brb", "away", "offline", or a number
 *
 * Returns: the number for a publication ([MS-PRES] 2.2.2.6.1); 0 when unknown
 */
guint fe_availability_from_word (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FePeople, fe_people_free)

G_END_DECLS
