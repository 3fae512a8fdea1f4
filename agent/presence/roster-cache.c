/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "contact-private.h"
#include "error.h"
#include "roster-file.h"

/* Hexadecimal digits of a SHA-256 that tell the accounts of one user apart. */
#define NAME_DIGITS 24

struct _OhRosterCache
{
  GObject parent_instance;

  OhClock *clock;            /* (owned) */
  OhContacts *contacts;      /* (owned) */
  char *directory;           /* (owned) */
  char *account;             /* (owned) (nullable): key of its address */
  gint64 as_of_us;           /* see the property */
  GCancellable *cancellable; /* (owned) (nullable): of the reading under way */
  guint alarm;               /* at which it is written */
  gboolean writing;
  gboolean again;  /* it has changed since the writing began */
  gboolean failed; /* the last writing: told once */
};

enum
{
  PROP_AS_OF = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (OhRosterCache, oh_roster_cache, G_TYPE_OBJECT)

char *
oh_roster_cache_file_name (const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strdup_printf ("contacts-%.*s", NAME_DIGITS, sum);
}

static void
set_as_of (OhRosterCache *self, gint64 as_of_us)
{
  if (self->as_of_us == as_of_us)
    return;
  self->as_of_us = as_of_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_OF]);
}

/* --- in a thread: with copies of everything ------------------------------------------------- */

typedef struct
{
  char *directory;             /* (owned) */
  char *path;                  /* (owned) */
  char *account;               /* (owned) */
  OhContactSnapshot *snapshot; /* (owned) (nullable): what to write; NULL removes the file */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->directory);
  g_free (errand->path);
  g_free (errand->account);
  oh_contact_snapshot_free (errand->snapshot);
  g_free (errand);
}

/* @snapshot: (transfer full) (nullable) */
static Errand *
errand_new (OhRosterCache *self, OhContactSnapshot *snapshot)
{
  g_autofree char *name = oh_roster_cache_file_name (self->account);
  Errand *errand = g_new0 (Errand, 1);

  errand->directory = g_strdup (self->directory);
  errand->path = g_build_filename (self->directory, name, NULL);
  errand->account = g_strdup (self->account);
  errand->snapshot = snapshot;
  return errand;
}

static void
set_errno (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", what,
               g_strerror (saved));
}

static gboolean
is_ours (int fd, gsize *size, GError **error)
{
  struct stat about;

  if (fstat (fd, &about) != 0)
    {
      set_errno (error, "fstat");
      return FALSE;
    }
  if (!S_ISREG (about.st_mode) || about.st_uid != geteuid ())
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "not a file of this user");
      return FALSE;
    }
  if (about.st_size < 0 || (guint64) about.st_size > OH_ROSTER_FILE_MAX)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "larger than any list");
      return FALSE;
    }
  *size = (gsize) about.st_size;
  return TRUE;
}

/* Returns: (transfer full) (nullable): as many octets as the file had when it was opened */
static GBytes *
read_whole (int fd, GError **error)
{
  g_autofree guint8 *data = NULL;
  gsize size = 0;
  gsize done = 0;

  if (!is_ours (fd, &size, error))
    return NULL;
  data = g_malloc (size + 1);
  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno (error, "read");
          return NULL;
        }
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Errand *errand = task_data;
  int fd = g_open (errand->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
  g_autoptr (GBytes) content = NULL;
  GError *error = NULL;
  OhContactSnapshot *snapshot;

  if (fd < 0)
    {
      set_errno (&error, "open");
      g_task_return_error (task, error);
      return;
    }
  content = read_whole (fd, &error);
  g_close (fd, NULL);
  snapshot = content != NULL ? oh_roster_file_read (content, errand->account, &error) : NULL;
  if (snapshot == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, snapshot, (GDestroyNotify) oh_contact_snapshot_free);
}

static gboolean
write_whole (int fd, GBytes *content, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno (error, "write");
          return FALSE;
        }
      data += n;
      size -= (gsize) n;
    }
  if (fsync (fd) == 0)
    return TRUE;
  set_errno (error, "fsync");
  return FALSE;
}

/* Beside the old one, then in its place. The name beside it is always the same, so that whoever is
 * killed leaves one file at most, which the next writing replaces. */
static gboolean
replace_file (const Errand *errand, GBytes *content, GError **error)
{
  g_autofree char *fresh = g_strconcat (errand->path, ".new", NULL);
  gboolean good;
  int fd;

  if (g_mkdir_with_parents (errand->directory, 0700) != 0)
    {
      set_errno (error, "mkdir");
      return FALSE;
    }
  g_unlink (fresh);
  fd = g_open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_errno (error, "open");
      return FALSE;
    }
  good = write_whole (fd, content, error);
  g_close (fd, NULL);
  if (good && g_rename (fresh, errand->path) == 0)
    return TRUE;
  if (good)
    set_errno (error, "rename");
  g_unlink (fresh);
  return FALSE;
}

static void
store_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr (GBytes) content = NULL;
  GError *error = NULL;

  if (errand->snapshot == NULL)
    g_unlink (errand->path);
  else
    {
      content = oh_roster_file_write (errand->snapshot);
      replace_file (errand, content, &error);
      /* here, not where the task ends: ten thousand people would stop the main loop */
      g_clear_pointer (&errand->snapshot, oh_contact_snapshot_free);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* --- writing -------------------------------------------------------------------------------- */

static void write_now (OhRosterCache *self);

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhRosterCache *self = OH_ROSTER_CACHE (source);
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error) && !self->failed)
    g_message ("the contact list cannot be kept: %s", error->message);
  self->failed = error != NULL;
  if (self->again && self->account != NULL)
    write_now (self);
}

/* One at a time, so that the newest is what stays. Of nobody there is no file. */
static void
write_now (OhRosterCache *self)
{
  g_autoptr (GTask) task = NULL;
  OhContactSnapshot *snapshot = NULL;

  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->again = self->writing;
  if (self->writing)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->contacts)) > 0)
    {
      snapshot = oh_contacts_snapshot (self->contacts);
      snapshot->account = g_strdup (self->account);
      snapshot->saved_us = self->as_of_us != 0 ? self->as_of_us : oh_clock_wall_us (self->clock);
    }
  self->writing = TRUE;
  task = g_task_new (self, NULL, on_stored, NULL);
  g_task_set_task_data (task, errand_new (self, snapshot), errand_free);
  g_task_run_in_thread (task, store_thread);
}

static gboolean
on_alarm (gpointer user_data)
{
  OhRosterCache *self = user_data;

  self->alarm = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (OhRosterCache *self)
{
  if (self->account != NULL && self->alarm == 0 && !oh_contacts_is_stale (self->contacts))
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_ROSTER_CACHE_DELAY_US, on_alarm, self);
}

/* When nobody confirms it any more, the file shall say since when. */
static void
on_stale (OhRosterCache *self)
{
  gboolean stale = oh_contacts_is_stale (self->contacts);

  if (stale && self->account != NULL && self->as_of_us == 0)
    {
      set_as_of (self, oh_clock_wall_us (self->clock));
      write_now (self);
    }
  else if (!stale)
    set_as_of (self, 0);
}

/* --- reading -------------------------------------------------------------------------------- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhRosterCache *self = OH_ROSTER_CACHE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhContactSnapshot) snapshot = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* of another account by now */
  g_clear_object (&self->cancellable);
  if (snapshot == NULL)
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("the contact list that was kept is passed over: %s", error->message);
      return;
    }
  if (!oh_contacts_is_stale (self->contacts))
    return; /* the server was quicker */
  oh_contacts_restore (self->contacts, snapshot);
  set_as_of (self, snapshot->saved_us);
}

static void
load (OhRosterCache *self)
{
  g_autoptr (GTask) task = NULL;

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_loaded, NULL);
  g_task_set_task_data (task, errand_new (self, NULL), errand_free);
  g_task_run_in_thread (task, load_thread);
}

/* --- for the owner -------------------------------------------------------------------------- */

void
oh_roster_cache_set_account (OhRosterCache *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);

  if (g_strcmp0 (key, self->account) == 0)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->again = FALSE;
  g_clear_pointer (&self->account, g_free); /* nothing of the old list goes into a file any more */
  oh_contacts_clear (self->contacts);
  set_as_of (self, 0);
  self->account = g_steal_pointer (&key);
  if (self->account != NULL)
    load (self);
}

void
oh_roster_cache_forget (OhRosterCache *self)
{
  if (self->account == NULL)
    return;
  oh_contacts_clear (self->contacts);
  set_as_of (self, 0);
  write_now (self);
}

gint64
oh_roster_cache_as_of_us (OhRosterCache *self)
{
  return self->as_of_us;
}

OhRosterCache *
oh_roster_cache_new (OhClock *clock, OhContacts *contacts, const char *directory)
{
  OhRosterCache *self = g_object_new (OH_TYPE_ROSTER_CACHE, NULL);

  self->clock = g_object_ref (clock);
  self->contacts = g_object_ref (contacts);
  self->directory = g_strdup (directory);
  g_signal_connect_object (contacts, "list-applied", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "card-changed", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contacts, "notify::stale", G_CALLBACK (on_stale), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
oh_roster_cache_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_AS_OF: g_value_set_int64 (value, OH_ROSTER_CACHE (object)->as_of_us); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_roster_cache_dispose (GObject *object)
{
  OhRosterCache *self = OH_ROSTER_CACHE (object);

  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->contacts);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->directory, g_free);
  G_OBJECT_CLASS (oh_roster_cache_parent_class)->dispose (object);
}

static void
oh_roster_cache_class_init (OhRosterCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = oh_roster_cache_get_property;
  object_class->dispose = oh_roster_cache_dispose;
  props[PROP_AS_OF] =
    g_param_spec_int64 ("as-of", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_roster_cache_init (OhRosterCache *self)
{
}
