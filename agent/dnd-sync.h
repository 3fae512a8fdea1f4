/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/* The side that is presence; phones are named by their ids, which are never empty. */
#define OH_DND_PRESENCE ""
/* A phone tells by an event what it was told by us; an event that is later than this is lost. */
#define OH_DND_ECHO_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/**
 * OhDndState:
 * @OH_DND_AWAY: cannot be reached, and is owed nothing
 * @OH_DND_OWED: cannot be reached; has to be told the last word when it is back
 * @OH_DND_SAME: is as the last word says
 * @OH_DND_TELLING: is being told
 * @OH_DND_APART: differs, and is left alone: it does not listen, or has refused
 *
 * How a side stands to the last word.
 */
typedef enum
{
  OH_DND_AWAY,
  OH_DND_OWED,
  OH_DND_SAME,
  OH_DND_TELLING,
  OH_DND_APART,
  OH_DND_N_STATES,
} OhDndState;

/**
 * OhDndOutcome:
 * @OH_DND_DONE: it has done it, and what it is now was seen before: oh_dnd_sync_see()
 * @OH_DND_UNSEEN: it has taken it; what it is now was not heard
 * @OH_DND_UNREACHABLE: it was not reached; it is told when it comes back
 * @OH_DND_REFUSED: it does not want that; it is not asked again before the next word
 *
 * What became of telling a side.
 */
typedef enum
{
  OH_DND_DONE,
  OH_DND_UNSEEN,
  OH_DND_UNREACHABLE,
  OH_DND_REFUSED,
} OhDndOutcome;

/**
 * OhDndHost:
 * @tell: switch that side on or off, and say oh_dnd_sync_told() afterwards, not before it returns
 * @changed: what oh_dnd_sync_dup_text() gives is another text now
 *
 * What the table of sides asks of its owner.
 */
typedef struct
{
  void (*tell) (const char *side, gboolean dnd, gpointer user_data);
  void (*changed) (gpointer user_data);
} OhDndHost;

/**
 * OhDndSync:
 *
 * "Do not disturb" in several places, the phones and presence: whichever was switched last decides,
 * and the others follow. A switch is a change that we have not made ourselves: so there are no
 * loops, and after a restart it is known who has been switched meanwhile. Does nothing itself.
 */
typedef struct _OhDndSync OhDndSync;

/**
 * oh_dnd_sync_new:
 * @clock: time
 * @host: whom to ask; must outlive this
 * @user_data: for @host
 *
 * Returns: (transfer full): nothing was ever switched on; no side is heard
 */
OhDndSync *oh_dnd_sync_new (OhClock *clock, const OhDndHost *host, gpointer user_data);

/**
 * oh_dnd_sync_free:
 * @self: (nullable) (transfer full): the sides
 */
void oh_dnd_sync_free (OhDndSync *self);

/**
 * oh_dnd_sync_set_ways:
 * @self: the sides
 * @phones_decide: what is switched at a phone is told to presence
 * @presence_decides: what is switched as presence is told to the phones
 *
 * With both a phone is told by another phone, too. Takes effect with the next word.
 */
void oh_dnd_sync_set_ways (OhDndSync *self, gboolean phones_decide, gboolean presence_decides);

/**
 * oh_dnd_sync_see:
 * @self: the sides
 * @side: OH_DND_PRESENCE or the id of a phone; unknown ones are added
 * @dnd: what it is
 *
 * That side can be reached and is so: whether it has changed or not.
 */
void oh_dnd_sync_see (OhDndSync *self, const char *side, gboolean dnd);

/**
 * oh_dnd_sync_echo:
 * @self: the sides
 * @side: the id of a phone
 * @dnd: what its event says that it was switched to
 *
 * To be called after oh_dnd_sync_see(): an event that a command of ours has caused is used up.
 */
void oh_dnd_sync_echo (OhDndSync *self, const char *side, gboolean dnd);

/**
 * oh_dnd_sync_lose:
 * @self: the sides
 * @side: cannot be reached
 */
void oh_dnd_sync_lose (OhDndSync *self, const char *side);

/**
 * oh_dnd_sync_restarted:
 * @self: the sides
 * @side: the id of a phone that has just started: what was switched there may be gone, and nobody
 *   has switched it back
 */
void oh_dnd_sync_restarted (OhDndSync *self, const char *side);

/**
 * oh_dnd_sync_forget:
 * @self: the sides
 * @side: is no more
 */
void oh_dnd_sync_forget (OhDndSync *self, const char *side);

/**
 * oh_dnd_sync_told:
 * @self: the sides
 * @side: was told; unknown ones are passed over
 * @dnd: what it was told
 * @outcome: what became of it
 */
void oh_dnd_sync_told (OhDndSync *self, const char *side, gboolean dnd, OhDndOutcome outcome);

/**
 * oh_dnd_sync_word:
 * @self: the sides
 *
 * Returns: the last word
 */
gboolean oh_dnd_sync_word (OhDndSync *self);

/**
 * oh_dnd_sync_state:
 * @self: the sides
 * @side: one of them
 *
 * Returns: how it stands to the last word; OH_DND_AWAY for one that is not known
 */
OhDndState oh_dnd_sync_state (OhDndSync *self, const char *side);

/**
 * oh_dnd_sync_dup_text:
 * @self: the sides
 *
 * Returns: (transfer full): what is to be kept over a restart: the last word and what each side was
 */
char *oh_dnd_sync_dup_text (OhDndSync *self);

/**
 * oh_dnd_sync_restore:
 * @self: sides that nothing was said of yet
 * @text: of oh_dnd_sync_dup_text(); anything else counts as nothing kept
 */
void oh_dnd_sync_restore (OhDndSync *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDndSync, oh_dnd_sync_free)

G_END_DECLS
