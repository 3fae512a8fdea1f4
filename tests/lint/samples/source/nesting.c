/* SPDX-License-Identifier: GPL-3.0-or-later */
static void
deep (void)
{
  if (a)
    {
      if (b)
        {
          if (c)
            {
              if (d)
                {
                  if (e)
                    {
                      x ();
                    }
                }
            }
        }
    }
}
