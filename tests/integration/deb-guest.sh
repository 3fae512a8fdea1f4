#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs as root inside the machine that deb-in-session.sh boots: installs the package and lives a
# user's day with it under a real user manager. Prints TAP; what happened in between goes to the
# console. Waits for the front end's events and for systemd, never for a time.

set -u
server=fe1.fabrikam.localhost
port=5061
uid=1100
events=/var/tmp/front-end.events
seen=/var/tmp/front-end.seen # how many of its lines have been waited for
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

as_berta() {
  setpriv --reuid="$uid" --regid="$uid" --init-groups env -i HOME=/home/berta USER=berta \
    PATH=/usr/bin:/bin LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="/run/user/$uid" \
    DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$uid/bus" "$@"
}

unit() { as_berta systemctl --user show --value -p "$1" offhook-agent.service; }

state() { as_berta offhook status --json | tr -d ' \n' | sed -n 's/.*"endpoint":{"state":"\([a-z-]*\)".*/\1/p'; }

# Returns when the front end has said something that it had not before.
await() { # REGEX
  local found
  found=$(timeout 300 grep -n -m 1 -E "$1" <(tail -n "+$(($(cat "$seen") + 1))" -f "$events"))
  echo $(($(cat "$seen") + ${found%%:*})) >"$seen"
}

# --- the day ---------------------------------------------------------------------------------

installs() {
  ! command -v offhook
  apt-get install -y -q /root/offhook.deb
  dpkg-query -W -f '${db:Status-Status}\n' offhook | grep -x installed
}

user_manager() {
  useradd -m -u "$uid" berta
  # The passwords of a machine without a keyring; a desktop's agent finds the keyring by itself.
  install -d -o berta -g berta /home/berta/.config /home/berta/.config/environment.d
  cat >/home/berta/.config/environment.d/secrets.conf <<'CONF'
SECRET_BACKEND=file
SECRET_FILE_TEST_PATH=/home/berta/secrets
SECRET_FILE_TEST_PASSWORD=test
CONF
  # An emulated processor on a busy machine is no reason to give up.
  install -d /etc/systemd/user.conf.d /etc/systemd/user/offhook-agent.service.d
  printf '[Manager]\nDefaultTimeoutStartSec=900\n' >/etc/systemd/user.conf.d/slow.conf
  printf '[Service]\nTimeoutStopSec=300\n' >/etc/systemd/user/offhook-agent.service.d/slow.conf
  chown -R berta: /home/berta/.config
  loginctl enable-linger berta
  systemctl start "user@$uid.service" # returns when the manager is up
  as_berta systemctl --user is-active default.target dbus.socket
  [ "$(unit LoadState)" = loaded ]
  [ "$(unit ActiveState)" = inactive ]
}

activation() {
  # what any client's first call does, without a client's impatience
  as_berta busctl --user --timeout=900 call org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus StartServiceByName su org.offhook.Agent 0
  as_berta offhook status --json
  [ "$(state)" = offline ]
  [ "$(as_berta systemctl --user is-active offhook-agent)" = active ]
  as_berta busctl --user --no-pager status org.offhook.Agent | tee /dev/stderr |
    grep -x "UserUnit=offhook-agent.service"
  [ "$(as_berta busctl --user --no-pager status org.offhook.Agent | sed -n 's/^PID=//p')" = "$(unit MainPID)" ]
  as_berta busctl --user --no-pager introspect org.offhook.Agent /org/offhook/Agent | grep -q org.offhook.Agent1
}

sandbox() {
  local status
  status=/proc/$(unit MainPID)/status
  grep -x 'NoNewPrivs:[[:space:]]*1' "$status"
  grep -x 'Seccomp:[[:space:]]*2' "$status" # the filters of the unit are there
  grep -E '^Max core file size +0 +0 ' "${status%/*}/limits"
}

unreachable() {
  local status=0
  as_berta gsettings set org.offhook.Agent uri 'sip:alice@fabrikam.test'
  as_berta gsettings set org.offhook.Agent login 'FABRIKAM\alice'
  as_berta gsettings set org.offhook.Agent server "$server:$port"
  as_berta gsettings set org.offhook.Agent ca-file /srv/offhook/ca.pem
  as_berta gsettings set org.offhook.Agent mechanism ntlm
  echo 'Passw0rd!' | as_berta env SECRET_BACKEND=file SECRET_FILE_TEST_PATH=/home/berta/secrets \
    SECRET_FILE_TEST_PASSWORD=test offhook password sign-in
  as_berta offhook sign-in || status=$?
  [ "$status" = 4 ]
  case $(state) in waiting | connecting) ;; *) return 1 ;; esac
}

signs_in() {
  echo 0 >"$seen"
  : >"$events"
  systemd-run --quiet --unit=front-end -p "StandardOutput=append:$events" \
    /usr/local/bin/fake-front-end --server="$server" --domain=fabrikam.test \
    --port="$port" --certificate="/srv/offhook/$server.pem" --schemes=ntlm \
    --ntlm-users=/srv/offhook/ntlm-users
  await '"event":"listening"'
  await '"event":"registered".*"signed":true'
  await '"event":"subscribed"'
  [ "$(state)" = online ]
}

restarts() {
  local before
  before=$(unit MainPID)
  [ "$before" -gt 1 ] # 0 would be ourselves
  kill -KILL "$before"
  await '"event":"connection-lost"'
  await '"event":"registered".*"signed":true' # it came back, and signed in again by itself
  [ "$(unit NRestarts)" = 1 ]
  [ "$(unit MainPID)" != "$before" ]
  await '"event":"subscribed"'
  [ "$(state)" = online ]
}

session_ends() {
  # What a desktop does: a target of its own keeps graphical-session.target as long as it runs.
  install -d -o berta -g berta /home/berta/.config/systemd /home/berta/.config/systemd/user
  printf '[Unit]\nBindsTo=graphical-session.target\n' >/home/berta/.config/systemd/user/desk.target
  as_berta systemctl --user daemon-reload
  as_berta systemctl --user start desk.target
  as_berta systemctl --user is-active graphical-session.target
  as_berta systemctl --user stop desk.target
  await '"event":"deregistered".*"reason":"client"'
  as_berta systemctl --user stop offhook-agent.service # returns when it is gone
  [ "$(unit ActiveState)" = inactive ]
  [ "$(unit Result)" = success ]
  [ "$(unit ExecMainStatus)" = 0 ]
}

logout() {
  as_berta offhook sign-in
  await '"event":"registered".*"signed":true'
  loginctl disable-linger berta
  loginctl terminate-user berta || true
  systemctl stop "user@$uid.service" # returns when the manager and all below it are gone
  await '"event":"deregistered".*"reason":"client"'
  # failed once in its life: when it was killed
  [ "$(journalctl --no-pager -q _UID="$uid" | grep -c 'offhook-agent.service: Failed with result')" = 1 ]
  [ -z "$(find /proc -maxdepth 2 -name comm -exec grep -l offhook {} + 2>/dev/null)" ]
}

purge() {
  local left
  apt-get purge -y -q offhook
  rm -r /etc/systemd/user/offhook-agent.service.d
  left=$(find / -xdev -iname '*offhook*' -not -path '/proc/*' -not -path '/sys/*' -not -path '/home/*' \
    -not -path '/srv/*' -not -path '/root/*' -not -path '/tmp/*' -not -path '/var/log/*')
  echo "left: $left"
  [ -z "$left" ]
}

# --- the verdict -----------------------------------------------------------------------------

steps=(
  installs 'apt installs the package into a running system'
  user_manager 'a user manager runs and knows the unit, which waits'
  activation 'the first call of a client starts the unit through D-Bus'
  sandbox 'the unit’s filters and limits are on the process'
  unreachable 'settings and password arrive; a server that is not there gives exit status 4'
  signs_in 'the server comes: signed in by itself, contacts subscribed'
  restarts 'killed: restarted by systemd, signed in again by itself'
  session_ends 'the desktop session ends: signed out, ended with success'
  logout 'the user logs out: signed out, nothing left running'
  purge 'purge leaves nothing behind'
)
echo "1..$((${#steps[@]} / 2))"
for ((i = 0; i < ${#steps[@]}; i += 2)); do
  name="$((i / 2 + 1)) - ${steps[i + 1]}"
  echo "== $name" >&2
  # not in a condition: there bash would go on after a command that failed
  (
    set -eo pipefail
    "${steps[i]}" >&2
  )
  if [ $? = 0 ]; then
    echo "ok $name"
  else
    echo "not ok $name"
    echo "-- the journal:" >&2
    journalctl --no-pager -n 60 >&2
  fi
done
