# Hosts on one machine: each a network, mount and UTS namespace with a /dev/shm of its own, at 10.77.0.1 and up, joined by
# a switch at MTU 1500. Everything that runs in them ends with hosts_down.

hosts=0
holders=()
relay=

host_name() { echo "lockstep-h$1"; }
address() { echo "10.77.0.$1"; }
on() { # K COMMAND...
    local k=$1
    shift
    nsenter -t "${holders[k]}" -m -u -n --wd="$PWD" -- "$@"
}

hosts_up() { # N DELAY_MS
    local k
    ! ip netns list | grep -q '^lockstep-' ||
        fail "Another bench/hosts has its hosts here: namespaces=$(ip netns list | grep ^lockstep- | tr '\n' ' ').
            Wait for its end, or remove them by 'ip netns del'."
    hosts=$1
    ip netns add lockstep-switch
    for k in $(seq "$hosts"); do ip netns add "$(host_name "$k")"; done
    if [ "$2" = 0 ]; then join_by_bridge; else join_by_relay "$2"; fi
    for k in $(seq "$hosts"); do
        ip -n "$(host_name "$k")" addr add "$(address "$k")/24" dev eth0
        ip -n "$(host_name "$k")" link set eth0 up
        ip -n "$(host_name "$k")" link set lo up
        ip netns exec "$(host_name "$k")" unshare -m -u bash -c \
            "hostname lockstep-h$k; mount -t tmpfs -o size=4g tmpfs /dev/shm; exec sleep 86400" \
            </dev/null >/dev/null 2>&1 &
        holders[k]=$!
        disown # so that bash does not report its end
    done
    for k in $(seq "$hosts"); do until [ "$(on "$k" hostname 2>/dev/null)" = "lockstep-h$k" ]; do sleep 0.05; done; done
}

join_by_bridge() {
    local k
    ip -n lockstep-switch link add br0 type bridge
    ip -n lockstep-switch link set br0 up
    for k in $(seq "$hosts"); do
        ip link add "port$k" netns lockstep-switch type veth peer name eth0 netns "$(host_name "$k")"
        ip -n lockstep-switch link set "port$k" master br0 up
    done
}

join_by_relay() { # DELAY_MS
    local names=() k
    for k in $(seq "$hosts"); do names+=("$(host_name "$k")"); done
    exec {said}< <(exec "$python" bench/parts/delay.py "$1" "${names[@]}")
    relay=$!
    read -r -t 10 -u "$said" _ || fail "The delaying switch did not start: command=bench/parts/delay.py $1 ${names[*]}"
}

shape() { # RATE LOSS_PERCENT, each empty for none
    local k
    for k in $(seq "$hosts"); do
        [ -z "$1" ] ||
            tc -n "$(host_name "$k")" qdisc replace dev eth0 root tbf rate "$1" burst 256kb latency 20ms
        [ -z "$2" ] || lose "$k" "$(awk -v p="$2" 'BEGIN {printf "%d", p * 100}')"
    done
}

# A host would count a large segment as one packet: offloads are off where packets are lost.
lose() { # K TEN_THOUSANDTHS
    local enter="ip netns exec $(host_name "$1")"
    $enter ethtool -K eth0 tso off gso off gro off
    [ -n "$relay" ] || ip netns exec lockstep-switch ethtool -K "port$1" tso off gso off gro off
    $enter nft add table ip lockstep
    $enter nft add chain ip lockstep arrives '{ type filter hook input priority 0; }'
    $enter nft add rule ip lockstep arrives iif eth0 numgen random mod 10000 '<' "$2" counter drop
}

lost() { ip netns exec "$(host_name 1)" nft list table ip lockstep | sed -n 's/.*packets \([0-9]*\).*/\1/p'; }

cut() { ip -n lockstep-switch link set "port$1" "$2"; } # K up|down

hosts_down() {
    local name
    [ -z "$relay" ] || kill "$relay" 2>/dev/null || true
    for name in $(ip netns list | awk '/^lockstep-/ {print $1}'); do
        # shellcheck disable=SC2046
        kill -9 $(ip netns pids "$name") 2>/dev/null || true
        ip netns del "$name"
    done
    hosts=0 holders=() relay=
}
