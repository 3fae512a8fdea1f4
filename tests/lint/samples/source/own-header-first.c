/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include "own-header-first.h"
