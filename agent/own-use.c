/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-use.h"

#include "idle.h"

struct _OhOwnUse
{
  OhClock *clock;             /* (owned) */
  OhConfig *config;           /* (owned) */
  OhCallList *calls;          /* (owned) */
  OhPublication *publication; /* (owned) */
  OhIdle *idle;               /* (owned) (nullable): until the desktop is followed */
  OhSessionLock *lock;        /* (owned) (nullable): the same */
};

/* --- the phones ----------------------------------------------------------------------------- */

/* Two parties that are connected at one phone hear each other; one on hold does not. */
static gboolean
is_conference (OhCallList *list)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (list);
  g_autoptr (GHashTable) phones = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);

      if (oh_call_get_state (call) == OH_CALL_CONNECTED &&
          !g_hash_table_add (phones, oh_call_get_phone (call)))
        return TRUE;
    }
  return FALSE;
}

static void
tell_phones (OhOwnUse *self)
{
  OhPhoneUse use = oh_call_list_get_busy (self->calls) ? OH_PHONE_CALL : OH_PHONE_IDLE;

  if (use == OH_PHONE_CALL && is_conference (self->calls))
    use = OH_PHONE_CONFERENCE;
  oh_publication_set_on_phone (self->publication, use);
}

/* --- the computer --------------------------------------------------------------------------- */

static void
tell_machine (OhOwnUse *self)
{
  static const OhMachineUse uses[] = {
    [OH_IDLE_NOT] = OH_MACHINE_ACTIVE,
    [OH_IDLE_SHORT] = OH_MACHINE_IDLE,
    [OH_IDLE_LONG] = OH_MACHINE_AWAY,
  };
  gboolean locked = oh_session_lock_get_locked (self->lock);

  oh_publication_set_machine (self->publication,
                              locked ? OH_MACHINE_AWAY : uses[oh_idle_get_level (self->idle)]);
}

static void
on_settings (OhOwnUse *self)
{
  g_autofree OhConfigPresence *presence = oh_config_dup_presence (self->config);

  if (self->idle != NULL)
    oh_idle_set_limits (self->idle, presence->idle_us, presence->away_us);
}

void
oh_own_use_follow_desktop (OhOwnUse *self, GDBusConnection *session, OhSessionLock *lock)
{
  g_return_if_fail (self->idle == NULL);
  self->idle = oh_idle_new (self->clock, session);
  self->lock = g_object_ref (lock);
  g_signal_connect_swapped (self->idle, "notify::level", G_CALLBACK (tell_machine), self);
  g_signal_connect_swapped (self->lock, "notify::locked", G_CALLBACK (tell_machine), self);
  on_settings (self);
  tell_machine (self);
}

OhOwnUse *
oh_own_use_new (OhClock *clock, OhConfig *config, OhCallList *calls, OhPublication *publication)
{
  OhOwnUse *self = g_new0 (OhOwnUse, 1);

  self->clock = g_object_ref (clock);
  self->config = g_object_ref (config);
  self->calls = g_object_ref (calls);
  self->publication = g_object_ref (publication);
  g_signal_connect_swapped (config, "presence-changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (calls, "notify::busy", G_CALLBACK (tell_phones), self);
  g_signal_connect_swapped (calls, "changed", G_CALLBACK (tell_phones), self);
  g_signal_connect_swapped (calls, "removed", G_CALLBACK (tell_phones), self);
  return self;
}

void
oh_own_use_free (OhOwnUse *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->config, self);
  g_signal_handlers_disconnect_by_data (self->calls, self);
  if (self->idle != NULL)
    g_signal_handlers_disconnect_by_data (self->idle, self);
  if (self->lock != NULL)
    g_signal_handlers_disconnect_by_data (self->lock, self);
  g_clear_object (&self->idle);
  g_clear_object (&self->lock);
  g_object_unref (self->publication);
  g_object_unref (self->calls);
  g_object_unref (self->config);
  g_object_unref (self->clock);
  g_free (self);
}
