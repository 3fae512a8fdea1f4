#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-deb.sh DIR FRONT-END      (root)
#
# Installs the .deb that stands in DIR into a Debian 12 made from nothing, and uses it there as an
# ordinary user: D-Bus activation, the link handler, the command line, then removal. Then the same
# Debian is booted, for the systemd user unit: deb-in-session.sh. Each line of output is one thing
# that was seen.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
deb=$(ls "${1:?folder of the .deb}"/offhook_*.deb)
front_end=${2:?the program fake-front-end}
[ "$(id -u)" = 0 ] || { echo "needs root: it makes a system of its own" >&2; exit 1; }

work=$(mktemp -d)
root=$work/root
cleanup() {
  for mount in proc dev; do
    mountpoint -q "$root/$mount" && umount -R -l "$root/$mount"
  done
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

# The machine's own mirror, whatever it is.
mirror=$(apt-get indextargets --format '$(REPO_URI)|$(CODENAME)|$(COMPONENT)' 'Created-By: Packages' |
  awk -F'|' '$2 == "bookworm" && $3 == "main" { print $1; exit }')
echo "making a Debian 12"
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >"$work/log" 2>&1 ||
  { tail "$work/log"; exit 1; }
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
rm -f "$root"/etc/apt/apt.conf.d/docker-*
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$deb" "$root/tmp/offhook.deb"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

inside apt-get update -qq
inside apt-get install -y -q /tmp/offhook.deb >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
echo "installed: $(inside dpkg-query -W offhook)"
# What a desktop has and a bare system has not: a display, a way to open links, a look at windows.
inside apt-get install -y -q --no-install-recommends dbus xvfb xauth xdotool xdg-utils \
  libglib2.0-bin systemd desktop-file-utils >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
inside useradd -m anna

cat >"$root/tmp/as-anna.sh" <<'E2'
set -euo pipefail
export XDG_RUNTIME_DIR=/tmp/run-anna SECRET_BACKEND=file
mkdir -p -m 700 "$XDG_RUNTIME_DIR"

offhook --version
# the bus starts the agent: nothing else has
offhook status --json >/tmp/status.json
grep -q '"state" *: *"offline"' /tmp/status.json
echo "D-Bus activation: offhook status --json says offline"
gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
  --method org.freedesktop.DBus.GetNameOwner org.offhook.Agent >/dev/null
status=0
offhook call 'call me' 2>/tmp/message || status=$?
[ "$status" = 6 ]
echo "offhook call 'call me': exit status 6, $(cat /tmp/message)"

systemd-analyze --user --man=no verify /usr/lib/systemd/user/offhook-agent.service
echo "systemd user unit: verified"

gio mime x-scheme-handler/tel | grep -q org.offhook.Tray.desktop
for scheme in tel callto sip sips; do
  grep -q "x-scheme-handler/$scheme" /usr/share/applications/org.offhook.Tray.desktop
done
echo "link handler: registered for tel, callto, sip, sips"
gio open tel:+493012345678
window=$(timeout 20 xdotool search --sync --onlyvisible --name 'Call' | head -n 1)
echo "gio open tel:+493012345678: window “$(xdotool getwindowname "$window")”"
E2
inside su anna -c "dbus-run-session -- xvfb-run -a -s '-screen 0 1024x600x24' bash /tmp/as-anna.sh"

inside apt-get purge -y -q offhook >"$work/log" 2>&1 || { tail -n 30 "$work/log"; exit 1; }
left=$(inside find / -xdev -iname '*offhook*' -not -path '/proc/*' -not -path '/home/*' -not -path '/tmp/*')
[ -z "$left" ] || { printf 'left behind after purge:\n%s\n' "$left"; exit 1; }
echo "purged: nothing left"

for mount in proc dev; do
  umount -R -l "$root/$mount"
done
"$here/deb-in-session.sh" "$root" "$deb" "$front_end"
