# Both sides of bench/hosts, on every host: Lockstep over a standalone cluster of Spark, DDP over gloo.
# Each prints: examples/s, processor ms a step and host, MB that pass the first host's card a step.

tick_ms=$((1000 / $(getconf CLK_TCK)))

spark() { # K CLASS ARGUMENTS...
    local k=$1 name=${2##*.}
    shift
    on "$k" env SPARK_HOME="$dist" SPARK_SCALA_VERSION=2.12 SPARK_ENV_LOADED=1 SPARK_LOCAL_IP="$(address "$k")" \
        java -Xmx300m -cp "$dist/conf:$dist/jars/*" "$@" </dev/null >"$out/${name,,}-$k.log" 2>&1 &
}

await() { # FILE TEXT
    local tries
    for tries in $(seq 600); do ! grep -qs "$2" "$1" || return 0; sleep 0.1; done
    fail "The cluster did not start within 60 s: log=$1, awaited=$2"
}

cluster_up() {
    local k
    rm -f "$out"/{master,worker}-*.log
    spark 1 org.apache.spark.deploy.master.Master --host "$(address 1)" --port 7077 --webui-port 0
    await "$out/master-1.log" 'New state: ALIVE'
    for k in $(seq "$hosts"); do
        spark "$k" org.apache.spark.deploy.worker.Worker --host "$(address "$k")" --port 0 --webui-port 0 \
            --cores 8 --memory 8g --work-dir "$out/work-$k" "spark://$(address 1):7077"
        await "$out/worker-$k.log" 'Successfully registered with master'
    done
}

ticks() { # K: what the executors of a host have used of the processor
    local pid sum=0 a
    for pid in $(ip netns pids "$(host_name "$1")"); do
        if grep -qs executor.CoarseGrainedExecutorBackend "/proc/$pid/cmdline"; then
            a=$(awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$pid/stat" 2>/dev/null) && sum=$((sum + a))
        fi
    done
    echo "$sum"
}

crossed() { awk '$1 == "eth0:" {printf "%.0f\n", $2 + $10}' "/proc/${holders[1]}/net/dev"; } # bytes there and back

# One line an epoch: processor ticks of all hosts' executors, bytes.
watch() { # METRICS PID
    local k sum
    tail -n +1 -s 0.1 -F --pid="$2" "$1" 2>/dev/null | grep --line-buffered '"kind":"epoch"' | while read -r _; do
        sum=0
        for k in $(seq "$hosts"); do sum=$((sum + $(ticks "$k"))); done
        echo "$sum $(crossed)"
    done
}

# NET WORKERS_A_HOST EPOCHS NAME CONF...: NAME is where the run's log and model stay
lockstep() {
    local net=$1 each=$2 epochs=$3 folder=$out/runs/$4 job=bench/jobs/$1.yaml total driver
    shift 4
    rm -rf "$folder" && mkdir -p "$folder"
    total=$((batch[$net] * hosts))
    # shellcheck disable=SC2068 # the settings are words
    on 1 env SPARK_LOCAL_IP="$(address 1)" LOCKSTEP_LOG_DIR="$folder/log" \
        LOCKSTEP_JAVA_OPTS="-Xmx1g -Dspark.driver.host=$(address 1) -Dspark.executor.memory=1g
            -Dspark.executor.cores=$each -Dspark.cores.max=$((each * hosts)) $*" \
        "$dist/bin/lockstep" train "$job" --master "spark://$(address 1):7077" --set output="$folder/run" \
        --set train.workers=$((each * hosts)) --set train.batch=$total --set train.epochs="$epochs" \
        --set data.train.options.examples="${examples[$net]}" </dev/null >"$folder/output.log" 2>&1 &
    driver=$!
    watch "$folder/run/metrics.jsonl" $driver >"$folder/samples" &
    local watcher=$!
    if ! wait $driver; then
        echo "$net: Lockstep failed: log=$folder/output.log" >&2
        echo "- - -"
        return
    fi
    wait $watcher || true
    echo "$(settled "$folder/run/metrics.jsonl" "${examples[$net]}")" \
        "$(a_step "$folder/samples" $((examples[$net] / total)))"
}

# SAMPLES STEPS_AN_EPOCH: from the middle of the run to its last sample in which all executors still lived
a_step() {
    awk -v steps="$2" -v ms="$tick_ms" -v hosts="$hosts" '$1 >= most {most = $1; n++; ticks[n] = $1; bytes[n] = $2} END {
        from = int(n / 2)
        done = (n - from) * steps
        if (from < 1) print "- -"
        else printf "%.4g %.4g\n", (ticks[n] - ticks[from]) * ms / done / hosts, (bytes[n] - bytes[from]) / 1e6 / done
    }' "$1"
}

ranks() { # LOG ARGUMENTS...: pytorch_ddp.py, a process a host
    local log=$1 k pids=() pid
    shift
    for k in $(seq "$hosts"); do
        on "$k" env RANK=$((k - 1)) MASTER_ADDR="$(address 1)" MASTER_PORT=29600 GLOO_SOCKET_IFNAME=eth0 \
            OMP_NUM_THREADS=1 "$python" bench/peers/pytorch_ddp.py "$@" </dev/null >"$log-$k.log" 2>&1 &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || return 1; done
}

ddp() { # NET EPOCHS
    local before after log=$out/ddp-$1 steps=$((examples[$1] / batch[$1] / hosts * $2))
    before=$(crossed)
    ranks "$log" "$1" "$hosts" "${examples[$1]}" "$2" "${batch[$1]}" || { echo "- - -"; return; }
    after=$(crossed)
    echo "$(sed -n 's/.*: \([0-9.]*\) samples.*/\1/p' "$log-1.log" | later_half | median)" \
        "$(sed -n 's/.*processor \([0-9.]*\) ms.*/\1/p' "$log"-*.log | awk '{s += $1} END {printf "%.4g", s / NR}')" \
        "$(awk -v b=$((after - before)) -v n=$steps 'BEGIN {printf "%.4g", b / 1e6 / n}')"
}

round_trip() { # MEGABYTES STEPS: ms of Lockstep's push, apply and broadcast between the first two hosts
    on 1 java --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
        -cp "$classes:$dist/lib/*:$dist/jars/*" dev.lockstep.bench.RoundTrip \
        "$(awk -v m="$1" 'BEGIN {print m * 250000}')" "$2" sgd auto "$(address 1)" "$(address 2)" nsenter -t "${holders[2]}" -m -u -n --wd="$PWD" -- \
        </dev/null 2>"$out/roundtrip.log" | tee -a "$out/roundtrip.log" | sed -n 's/.*median \([0-9.]*\) ms.*/\1/p' | median
}

gloo() { # MEGABYTES
    [ -n "$python" ] || { echo - && return; }
    ranks "$out/gloo" ar "$hosts" "$1" && sed -n 's/gloo allreduce .*median \([0-9.]*\) ms.*/\1/p' "$out/gloo-1.log" || echo -
}
